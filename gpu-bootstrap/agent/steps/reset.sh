# Resets every device of the machine, once for a task. What uses devices has been sent away before; what has not left yet
# is named, and the reset tried again. The mark is gone after a boot, which resets devices too. Reads WINDLASS_TASK.
mark=/run/windlass/reset

# What has a device open.
users() {
  for link in "$root"/proc/[0-9]*/fd/*; do
    case $(readlink "$link" 2>/dev/null) in
      /dev/nvidia[0-9]*) tr '\n' ' ' <"${link%/fd/*}/comm" ;;
    esac
  done
}

# By nvidia-smi, which tells the persistence daemon wherever it runs.
persistence() { smi -pm "$1" >/dev/null || echo "persistence is left as it is"; }

# Devices answer, and have joined their fabric again where there is one.
settled() { smi -L >/dev/null && ! smi --query-gpu=fabric.state --format=csv,noheader 2>/dev/null | grep -q "In Progress"; }

case $1 in
  check) [ -r "$root$mark" ] && [ "$(cat "$root$mark")" = "$WINDLASS_TASK" ] && settled ;;
  apply)
    persistence 0
    found=$(users)
    [ -z "$found" ] || again "devices are still used by $found"
    answer=$(smi --gpu-reset 2>&1) || again "nvidia-smi can't reset the devices: $(echo "$answer" | tail -n 1)"
    persistence 1
    echo "$WINDLASS_TASK" | put "$mark"
    ;;
  verify) settled || again "the devices do not answer after their reset" ;;
esac
