# Writes a file of the container runtime's configuration, given on standard input, and makes the runtime read it; pods go
# on running. A mark outlives an interruption between the two, so there is one reload for a change and none without one.
# Reads WINDLASS_FILE, WINDLASS_RUNTIME (containerd or crio) and WINDLASS_LIKE, whose permissions the file gets.
mark=/run/windlass/reload-runtime

case $1 in
  check) [ ! -e "$root$mark" ] && [ -e "$root$WINDLASS_FILE" ] && [ "$(cat "$root$WINDLASS_FILE")" = "$(cat)" ] ;;
  apply)
    : | put "$mark"
    umask 077
    put "$WINDLASS_FILE"
    if [ -e "$root$WINDLASS_LIKE" ]; then
      chmod --reference="$root$WINDLASS_LIKE" "$root$WINDLASS_FILE"
    fi
    systemctl restart "$WINDLASS_RUNTIME" </dev/null || fail RuntimeNotConfigured "$WINDLASS_RUNTIME does not start with its new configuration"
    rm "$root$mark"
    ;;
  verify) systemctl is-active -q "$WINDLASS_RUNTIME" || again "$WINDLASS_RUNTIME is not up yet" ;;
esac
