package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuRepair;
import java.time.Instant;
import java.util.Map;

/**
 * The worst that is wrong with a node's devices.
 *
 * @param repair what it asks for
 * @param cause which error on which device, in words
 */
record GpuTrouble(GpuRepair repair, String cause) {
  static final GpuTrouble NONE = new GpuTrouble(GpuRepair.NONE, "");

  /** The worst of what the driver asks for now and of the errors since then. */
  static GpuTrouble of(GpuHealth health, Instant since) {
    GpuTrouble worst = NONE;
    for (Map.Entry<String, GpuRepair> device : health.wanted().entrySet()) {
      worst =
          worst.or(
              new GpuTrouble(
                  device.getValue(),
                  "the driver asks for a " + device.getValue().title() + " of " + device.getKey()));
    }
    for (GpuHealth.Xid xid : health.xids()) {
      if (xid.at().isAfter(since)) {
        worst =
            worst.or(
                new GpuTrouble(
                    GpuXids.repair(xid.number()), "Xid " + xid.number() + " on " + xid.device()));
      }
    }
    return worst;
  }

  /** Whether the node's devices must not be used until it is repaired. */
  boolean isSerious() {
    return repair.compareTo(GpuRepair.RESET) >= 0;
  }

  private GpuTrouble or(GpuTrouble other) {
    return other.repair.compareTo(repair) > 0 ? other : this;
  }
}
