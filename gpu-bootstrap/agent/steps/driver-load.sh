# Loads the modules that were installed, makes the device nodes, and starts what must run beside the driver: the
# persistence daemon, and the fabric manager where there are switches.
start() { systemctl enable --now "$1" </dev/null >/dev/null 2>&1; }

case $1 in
  check) [ -n "$(loaded_version)" ] && [ -e "$root/dev/nvidia-uvm" ] && { ! has_switches || systemctl is-active -q nvidia-fabricmanager; } ;;
  apply)
    [ ! -d "$root/sys/module/nouveau" ] || forbid_nouveau
    modprobe nvidia || fail DriverNotLoaded "modprobe nvidia failed: $(dmesg 2>/dev/null | grep -i nvrm | tail -n 1)"
    modprobe nvidia-uvm || fail DriverNotLoaded "modprobe nvidia-uvm failed"
    nvidia-modprobe -c 0 -u || echo "device nodes are left to nvidia-smi"
    start nvidia-persistenced || echo "no persistence daemon: the first use of a device is slow"
    if has_switches; then
      start nvidia-fabricmanager || fail FabricNotReady "the fabric manager does not start"
    fi
    ;;
  verify)
    [ -n "$(loaded_version)" ] || fail DriverNotLoaded "the modules are loaded and there is no driver"
    nvidia-smi -L || fail DriverMismatch "nvidia-smi does not answer"
    ;;
esac
