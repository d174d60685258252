# Loads the modules that were installed, makes the device nodes, and starts what must run beside the driver: the persistence
# daemon, and the daemons of the fabric that links GPUs. Reads WINDLASS_FABRIC.
imex_nodes=/etc/nvidia-imex/nodes_config.cfg

start() { systemctl enable --now "$1" </dev/null >/dev/null 2>&1; }

runs() { systemctl is-active -q "$1"; }

fabric_runs() {
  { ! needs fabricmanager || runs nvidia-fabricmanager; } && { ! needs imex || runs nvidia-imex; }
}

# The subnet manager of NVLink 5 is started by the fabric manager, and speaks through these modules.
start_fabric() {
  if needs nvlsm; then
    for module in mlx5_ib ib_umad; do
      modprobe "$module" || fail FabricNotReady "the module $module can't be loaded"
    done
  fi
  if needs fabricmanager; then
    start nvidia-fabricmanager || fail FabricNotReady "the fabric manager does not start"
  fi
  if needs imex; then
    [ -s "$root$imex_nodes" ] || hostname -I | cut -d ' ' -f 1 | put "$imex_nodes"
    start nvidia-imex || fail FabricNotReady "IMEX does not start"
  fi
  if needs imexmasked; then
    systemctl disable --now nvidia-imex </dev/null >/dev/null 2>&1 || true
    systemctl mask nvidia-imex </dev/null || fail FabricNotReady "IMEX can't be left to the compute domains"
  fi
}

case $1 in
  check) [ -n "$(loaded_version)" ] && [ -e "$root/dev/nvidia-uvm" ] && fabric_runs ;;
  apply)
    [ ! -d "$root/sys/module/nouveau" ] || forbid_nouveau
    modprobe nvidia || fail DriverNotLoaded "modprobe nvidia failed: $(dmesg 2>/dev/null | grep -i nvrm | tail -n 1)"
    modprobe nvidia-uvm || fail DriverNotLoaded "modprobe nvidia-uvm failed"
    nvidia-modprobe -c 0 -u || echo "device nodes are left to nvidia-smi"
    start nvidia-persistenced || echo "no persistence daemon: the first use of a device is slow"
    start_fabric
    ;;
  verify)
    [ -n "$(loaded_version)" ] || fail DriverNotLoaded "the modules are loaded and there is no driver"
    nvidia-smi -L || fail DriverMismatch "nvidia-smi does not answer"
    fabric_runs || again "a daemon of the fabric is not up yet"
    ;;
esac
