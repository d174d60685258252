# Turns MIG on for every device. Where the architecture wants a reset for that, which most clouds' machines refuse, the mode
# stays pending: the step succeeds then too, and the daemon sees in the facts that a boot is missing.
current() { smi --query-gpu=mig.mode.current --format=csv,noheader; }
pending() { smi --query-gpu=mig.mode.pending --format=csv,noheader; }

case $1 in
  check) modes=$(current) && ! echo "$modes" | grep -q Disabled ;;
  apply)
    smi -mig 1 || echo "the mode is judged by what the devices say"
    ! current | grep -q Disabled || smi --gpu-reset || echo "the mode waits for a boot"
    ;;
  verify)
    modes=$(pending) || again "the devices do not say their mode"
    ! echo "$modes" | grep -qv Enabled || fail MigNotApplied "MIG can't be turned on: $(echo "$modes" | tr '\n' ' ')"
    ;;
esac
