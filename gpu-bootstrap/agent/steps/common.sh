# Begins every step: the agent runs this text and then the step's own, with the host as root folder. A step is called
# with check (0: nothing to do), apply and verify, and may be cut off at any place and run again. It ends with 0, with
# 64 after fail, which is for good, or with 75 after again, which is worth another try.
set -eu
root=${WINDLASS_ROOT:-}
export LC_ALL=C DEBIAN_FRONTEND=noninteractive SYSTEMD_IGNORE_CHROOT=1

fail() { # cause message
  printf 'windlass-cause: %s\nwindlass-message: %s\n' "$1" "$2"
  exit 64
}

again() { # message
  printf 'windlass-message: %s\n' "$1"
  exit 75
}

kernel() { cat "$root/proc/sys/kernel/osrelease"; }

# What the kernel has loaded, for instance 580.178.04; empty without a driver.
loaded_version() {
  [ ! -r "$root/proc/driver/nvidia/version" ] ||
    sed -n 's/^NVRM version:.*[^0-9.]\([0-9]\{3\}\.[0-9.]*\) .*$/\1/p' "$root/proc/driver/nvidia/version" | head -n 1
}

# A driver that is there stays: a second one beside it would leave modules and libraries of two versions.
keeps_loaded_driver() {
  loaded=$(loaded_version)
  [ -n "$loaded" ] || return 1
  [ "${loaded%%.*}" -ge "$WINDLASS_BRANCH" ] ||
    fail DriverTooOld "the machine image brings driver $loaded, the stack asks for branch $WINDLASS_BRANCH"
}

# The file of the kernel module for the running kernel, in any of the distributions' names.
module_file() {
  [ ! -d "$root/lib/modules/$(kernel)" ] ||
    find "$root/lib/modules/$(kernel)/" \( -name 'nvidia.ko*' -o -name 'nvidia-current.ko*' -o -name 'nvidia-current-open.ko*' \) |
    head -n 1
}

has_module_of_branch() {
  file=$(module_file)
  [ -n "$file" ] || return 1
  version=$(modinfo -F version "$file" 2>/dev/null) || return 1
  [ "${version%%.*}" = "$WINDLASS_BRANCH" ]
}

# nvidia-smi: the host's own, else the driver container's.
smi() {
  if command -v nvidia-smi >/dev/null; then nvidia-smi "$@"; else chroot "$root/run/nvidia/driver" nvidia-smi "$@"; fi
}

has_switches() {
  for class in "$root"/sys/bus/pci/devices/*/class; do
    [ -r "$class" ] || continue
    [ "$(cat "${class%class}vendor")" = 0x10de ] || continue
    case $(cat "$class") in 0x0680*) return 0 ;; esac
  done
  return 1
}

# What linked GPUs need: fabricmanager, nvlsm, imex or imexmasked, by the daemon's word, else by the switches on the bus.
needs() {
  case "+${WINDLASS_FABRIC:-}+" in
    *"+$1+"*) return 0 ;;
    ++) [ "$1" = fabricmanager ] && has_switches ;;
    *) return 1 ;;
  esac
}

# The fabric's daemons work with exactly one version of the driver.
same_version() { # package version
  module=$(modinfo -F version "$(module_file)" 2>/dev/null) || return 0
  [ "${1%%-*}" = "$module" ] || fail FabricNotReady "$2 is ${1%%-*}, the driver is $module"
}

# Written beside and renamed, so that an interruption leaves the old file or the new one.
put() { # path, text on standard input
  mkdir -p "$(dirname "$root$1")"
  cat >"$root$1.windlass"
  mv "$root$1.windlass" "$root$1"
}

forbid_nouveau() {
  printf 'blacklist nouveau\noptions nouveau modeset=0\n' | put /etc/modprobe.d/windlass-nouveau.conf
  [ ! -d "$root/sys/module/nouveau" ] || modprobe -r nouveau ||
    fail NouveauLoaded "nouveau holds the device and can't be unloaded; its machine image must blacklist it"
}
