# Driver by Container-Optimized OS's own installer, which also loads the modules.
# Reads WINDLASS_BRANCH and WINDLASS_VERSION (exact, or empty for the branch's default).
case $1 in
  check) keeps_loaded_driver ;;
  apply)
    command -v cos-extensions >/dev/null || fail UnsupportedOperatingSystem "this image has no cos-extensions"
    mkdir -p "$root/home/kubernetes/bin/nvidia"
    cos-extensions install gpu -- "-version=${WINDLASS_VERSION:-R$WINDLASS_BRANCH}" -host-dir=/home/kubernetes/bin/nvidia </dev/null ||
      again "cos-extensions could not install the driver"
    ;;
  verify) keeps_loaded_driver || fail DriverNotLoaded "the installer ended and the kernel has no driver" ;;
esac
