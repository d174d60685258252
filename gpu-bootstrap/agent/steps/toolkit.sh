# NVIDIA's container toolkit from the distribution's package source, and the CDI specification of this machine's devices.
directory=$root/var/run/cdi

has_toolkit() { command -v nvidia-container-runtime >/dev/null && command -v nvidia-ctk >/dev/null; }

install() {
  for manager in dnf tdnf apt-get; do
    command -v "$manager" >/dev/null || continue
    [ "$manager" != apt-get ] || apt-get update -q </dev/null || again "apt-get could not read the package source"
    "$manager" install -y nvidia-container-toolkit </dev/null || again "$manager could not install nvidia-container-toolkit"
    return
  done
  fail ToolkitMissing "the machine image has neither NVIDIA's container toolkit nor a package manager"
}

# A specification is of one driver version; after another driver it is made anew.
has_specification() { grep -qF "$(loaded_version)" "$directory/nvidia.yaml" 2>/dev/null; }

case $1 in
  check) has_toolkit && has_specification ;;
  apply)
    has_toolkit || install
    mkdir -p "$directory"
    nvidia-ctk cdi generate "--output=$directory/nvidia.yaml" || fail RuntimeNotConfigured "nvidia-ctk can't describe the devices"
    ;;
  verify)
    has_toolkit || fail ToolkitMissing "nvidia-container-toolkit is installed and has no nvidia-container-runtime"
    has_specification || fail RuntimeNotConfigured "the CDI specification is not of driver $(loaded_version)"
    ;;
esac
