# Driver from the packages of Ubuntu or Debian. Ubuntu's are built for one kernel each; where that one is missing, and
# always on Debian, the module is compiled, if the stack allows that.
# Reads WINDLASS_BRANCH, WINDLASS_MODULES (open or proprietary), WINDLASS_COMPILE (yes or no) and WINDLASS_FABRIC.
distribution=$(sed -n 's/^ID=//p' "$root/etc/os-release")

has_package() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

candidate_is_of_branch() {
  apt-cache policy "$1" | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}//p' | grep -q "^$WINDLASS_BRANCH\."
}

install() {
  apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" </dev/null ||
    again "apt-get could not install $*"
}

compile() { # header package, module package
  [ "$WINDLASS_COMPILE" = yes ] ||
    fail DriverBuildFailed "no prebuilt module for kernel $(kernel), and the stack forbids to compile one"
  has_package "$1" || fail KernelHeadersMissing "the package source has no $1"
  install "$1"
  install "$2"
  dkms autoinstall -k "$(kernel)" || fail DriverBuildFailed "dkms could not build $2 for kernel $(kernel)"
}

ubuntu() {
  suffix=$WINDLASS_BRANCH-server
  [ "$WINDLASS_MODULES" != open ] || suffix=$suffix-open
  has_package "nvidia-utils-$WINDLASS_BRANCH-server" ||
    fail DriverBranchMissing "the package source has no nvidia-utils-$WINDLASS_BRANCH-server"
  if has_package "linux-modules-nvidia-$suffix-$(kernel)"; then
    install "linux-modules-nvidia-$suffix-$(kernel)"
  else
    compile "linux-headers-$(kernel)" "nvidia-dkms-$suffix"
  fi
  install "nvidia-headless-no-dkms-$suffix" "nvidia-utils-$WINDLASS_BRANCH-server"
  if needs fabricmanager; then
    fabric "nvidia-fabricmanager-$WINDLASS_BRANCH"
  fi
  if needs nvlsm; then
    fabric "linux-modules-extra-$(kernel)"
    fabric infiniband-diags
    fabric nvlsm
  fi
  if needs imex || needs imexmasked; then
    fabric "nvidia-imex-$WINDLASS_BRANCH"
  fi
}

fabric() { # package
  has_package "$1" || fail FabricPackageMissing "the package source has no $1"
  install "$1"
}

fits() { # package
  version=$(dpkg-query -W -f '${Version}' "$1" 2>/dev/null) || fail FabricNotReady "$1 is not installed"
  same_version "$version" "$1"
}

# Ubuntu's names; Debian has no machines with a fabric of their own.
fabric_fits() {
  [ "$distribution" = ubuntu ] || return 0
  ! needs fabricmanager || fits "nvidia-fabricmanager-$WINDLASS_BRANCH"
  ! needs imex || fits "nvidia-imex-$WINDLASS_BRANCH"
}

debian() {
  modules=nvidia-kernel-dkms
  [ "$WINDLASS_MODULES" != open ] || modules=nvidia-open-kernel-dkms
  candidate_is_of_branch "$modules" ||
    fail DriverBranchMissing "the package source has no $modules of branch $WINDLASS_BRANCH"
  compile "linux-headers-$(kernel)" "$modules"
  install nvidia-smi libcuda1 nvidia-modprobe
}

has_driver() { has_module_of_branch && command -v nvidia-smi >/dev/null; }

case $1 in
  check) keeps_loaded_driver || { has_driver && (fabric_fits) >/dev/null; } ;;
  apply)
    forbid_nouveau
    dpkg --configure -a
    apt-get update -q </dev/null || again "apt-get could not read the package source"
    case $distribution in
      ubuntu) ubuntu ;;
      debian) debian ;;
      *) fail UnsupportedOperatingSystem "$distribution is neither Ubuntu nor Debian" ;;
    esac
    ;;
  verify)
    keeps_loaded_driver || has_driver || fail DriverBuildFailed "no module of branch $WINDLASS_BRANCH for kernel $(kernel)"
    fabric_fits
    ;;
esac
