package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuRepair;
import java.util.HashMap;
import java.util.Map;

/**
 * What each Xid asks for. Source: the column of immediate actions in NVIDIA's Xid catalogue, as of
 * 2026. Where that is a work flow, its first step is taken, and the next stronger repair follows
 * when it did not help. Xids of NVLink 5 (144 to 150) and 154 only announce a recovery action,
 * which the driver states by itself.
 */
public final class GpuXids {
  private static final Map<Integer, GpuRepair> REPAIRS = new HashMap<>();

  static {
    put(GpuRepair.RESTART, 8, 11, 13, 25, 31, 32, 69, 94, 137);
    put(GpuRepair.RESET, 46, 48, 62, 64, 74, 95, 109, 110, 119, 120);
    put(GpuRepair.RESET, 136, 140, 143, 155, 156, 158);
    put(GpuRepair.REBOOT, 79, 151);
  }

  private GpuXids() {}

  /** The repair; none for what only informs, follows another error, or is not known. */
  public static GpuRepair repair(int xid) {
    return REPAIRS.getOrDefault(xid, GpuRepair.NONE);
  }

  private static void put(GpuRepair repair, int... xids) {
    for (int xid : xids) {
      REPAIRS.put(xid, repair);
    }
  }
}
