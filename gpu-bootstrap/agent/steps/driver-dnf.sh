# Driver from Amazon Linux 2023's own repository for NVIDIA, compiled by dkms if the stack allows that.
# Reads WINDLASS_BRANCH, WINDLASS_MODULES, WINDLASS_COMPILE and WINDLASS_FABRIC.
install() { dnf install -y "$@" </dev/null || again "dnf could not install $*"; }

has_driver() { has_module_of_branch && command -v nvidia-smi >/dev/null; }

modules=kmod-nvidia-latest-dkms
[ "${WINDLASS_MODULES:-open}" != open ] || modules=kmod-nvidia-open-dkms

# From branch 580 on the names have no branch and one hyphen less.
manager=nvidia-fabricmanager imex=nvidia-imex
if [ "$WINDLASS_BRANCH" -lt 580 ]; then
  manager=nvidia-fabric-manager imex=nvidia-imex-$WINDLASS_BRANCH
fi

fabric() { # package
  dnf -q list "$1-$WINDLASS_BRANCH.*" </dev/null >/dev/null 2>&1 || fail FabricPackageMissing "the package source has no $1 of branch $WINDLASS_BRANCH"
  install "$1-$WINDLASS_BRANCH.*"
}

fits() { # package
  version=$(rpm -q --queryformat '%{VERSION}' "$1" 2>/dev/null) || fail FabricNotReady "$1 is not installed"
  same_version "$version" "$1"
}

fabric_fits() {
  ! needs fabricmanager || fits "$manager"
  ! needs imex || fits "$imex"
}

case $1 in
  check) keeps_loaded_driver || { has_driver && (fabric_fits) >/dev/null; } ;;
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
    if needs fabricmanager; then fabric "$manager"; fi
    if needs nvlsm; then
      install nvlsm infiniband-diags
    fi
    if needs imex || needs imexmasked; then fabric "$imex"; fi
    dkms autoinstall -k "$(kernel)" || fail DriverBuildFailed "dkms could not build $modules for kernel $(kernel)"
    ;;
  verify)
    keeps_loaded_driver || has_driver || fail DriverBuildFailed "no module of branch $WINDLASS_BRANCH for kernel $(kernel)"
    fabric_fits
    ;;
esac
