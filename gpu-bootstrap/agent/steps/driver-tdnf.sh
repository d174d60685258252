# Driver from Azure Linux 3: one package holds the signed modules of exactly one kernel and the libraries.
# Reads WINDLASS_BRANCH, WINDLASS_MODULES and WINDLASS_FABRIC.
install() { tdnf install -y "$@" </dev/null || again "tdnf could not install $*"; }

has_driver() { has_module_of_branch && command -v nvidia-smi >/dev/null; }

package=cuda
[ "${WINDLASS_MODULES:-open}" != open ] || package=cuda-open

# Packages are named PACKAGE-DRIVER-RELEASE_KERNEL, with the kernel's dashes as dots.
release=$(kernel | sed 's/-azl.*$//; s/-/./g; s/\.azl[0-9]*$//')

exact() {
  tdnf -q list "$package" </dev/null 2>/dev/null | awk '{print $2}' | grep "^$WINDLASS_BRANCH\." | grep -F "_$release" | tail -n 1
}

case $1 in
  check) keeps_loaded_driver || has_driver ;;
  apply)
    forbid_nouveau
    tdnf makecache </dev/null || again "tdnf could not read the package source"
    version=$(exact)
    [ -n "$version" ] || fail DriverBuildFailed "no $package of branch $WINDLASS_BRANCH for kernel $(kernel)"
    install "$package-$version"
    if needs fabricmanager; then install nvidia-fabric-manager; fi
    if needs nvlsm; then install nvlsm infiniband-diags; fi
    if needs imex || needs imexmasked; then install nvidia-imex; fi
    ;;
  verify) keeps_loaded_driver || has_driver || fail DriverBuildFailed "no module of branch $WINDLASS_BRANCH for kernel $(kernel)" ;;
esac
