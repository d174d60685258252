# Driver by Flatcar's own service: a prebuilt extension image where the release has one of the branch, else compiled in
# its developer container, if the stack allows that. Reads WINDLASS_BRANCH, WINDLASS_VERSION, WINDLASS_MODULES, WINDLASS_COMPILE.
name=nvidia-drivers-$WINDLASS_BRANCH
[ "$WINDLASS_MODULES" != open ] || name=$name-open
list=/etc/flatcar/enabled-sysext.conf

prebuilt() {
  [ -r "$root$list" ] && grep -qx "$name" "$root$list" && return 0
  { [ ! -r "$root$list" ] || grep -v '^nvidia-drivers-' "$root$list" || true; echo "$name"; } | put "$list"
}

case $1 in
  check) keeps_loaded_driver ;;
  apply)
    if [ -e "$root/usr/share/flatcar/sysext/$name.raw" ] || [ -e "$root/etc/flatcar/sysext/flatcar-$name.raw" ]; then
      prebuilt
      systemctl restart systemd-sysext.service </dev/null || again "the extension image could not be merged"
    else
      [ "$WINDLASS_COMPILE" = yes ] ||
        fail DriverBuildFailed "this release has no prebuilt $name, and the stack forbids to compile one"
      [ -z "$WINDLASS_VERSION" ] || echo "NVIDIA_DRIVER_VERSION=$WINDLASS_VERSION" | put /etc/flatcar/nvidia-metadata
      systemctl restart nvidia.service </dev/null || again "nvidia.service could not build the driver"
    fi
    [ -n "$(loaded_version)" ] || modprobe nvidia || fail DriverNotLoaded "the module can't be loaded"
    ;;
  verify) keeps_loaded_driver || fail DriverNotLoaded "the service ended and the kernel has no driver" ;;
esac
