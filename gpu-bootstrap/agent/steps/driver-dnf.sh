# Driver from Amazon Linux 2023's own repository for NVIDIA, compiled by dkms if the stack allows that.
# Reads WINDLASS_BRANCH, WINDLASS_MODULES and WINDLASS_COMPILE.
install() { dnf install -y "$@" </dev/null || again "dnf could not install $*"; }

has_driver() { has_module_of_branch && command -v nvidia-smi >/dev/null; }

modules=kmod-nvidia-latest-dkms
[ "${WINDLASS_MODULES:-open}" != open ] || modules=kmod-nvidia-open-dkms

case $1 in
  check) keeps_loaded_driver || has_driver ;;
  apply)
    [ "$WINDLASS_COMPILE" = yes ] ||
      fail DriverBuildFailed "Amazon Linux has no prebuilt module, and the stack forbids to compile one; use the image with the driver"
    forbid_nouveau
    install nvidia-release
    dnf -q list "kernel-devel-$(kernel)" </dev/null >/dev/null 2>&1 ||
      fail KernelHeadersMissing "the package source has no kernel-devel-$(kernel)"
    install "kernel-devel-$(kernel)" "kernel-modules-extra-$(kernel)" gcc make dkms
    dnf -q list "$modules-$WINDLASS_BRANCH.*" </dev/null >/dev/null 2>&1 ||
      fail DriverBranchMissing "the package source has no $modules of branch $WINDLASS_BRANCH"
    install "$modules-$WINDLASS_BRANCH.*" "nvidia-driver-cuda-$WINDLASS_BRANCH.*" "nvidia-modprobe-$WINDLASS_BRANCH.*"
    if has_switches; then
      install "nvidia-fabric-manager-$WINDLASS_BRANCH.*"
    fi
    dkms autoinstall -k "$(kernel)" || fail DriverBuildFailed "dkms could not build $modules for kernel $(kernel)"
    ;;
  verify) keeps_loaded_driver || has_driver || fail DriverBuildFailed "no module of branch $WINDLASS_BRANCH for kernel $(kernel)" ;;
esac
