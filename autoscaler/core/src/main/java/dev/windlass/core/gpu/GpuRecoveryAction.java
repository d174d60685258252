package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuRepair;

/** The recovery actions that NVIDIA's driver states of a device, from NVML, and what is done. */
public enum GpuRecoveryAction {
  NONE("None", GpuRepair.NONE),
  GPU_RESET("GpuReset", GpuRepair.RESET),
  NODE_REBOOT("NodeReboot", GpuRepair.REBOOT),
  DRAIN_P2P("DrainP2P", GpuRepair.RESET),
  DRAIN_AND_RESET("DrainAndReset", GpuRepair.RESET),
  BUS_RESET("BusReset", GpuRepair.RESET),
  RECOVER_IMEX_DOMAIN("RecoverImexDomain", GpuRepair.REBOOT),
  SYSTEM_REBOOT("SystemReboot", GpuRepair.REBOOT);

  private final String title;
  private final GpuRepair repair;

  GpuRecoveryAction(String title, GpuRepair repair) {
    this.title = title;
    this.repair = repair;
  }

  /** The word that agents write. */
  public String title() {
    return title;
  }

  /** What is done. */
  public GpuRepair repair() {
    return repair;
  }

  /** The repair for an agent's word; one that a newer driver has brought asks for a reboot. */
  public static GpuRepair repair(String word) {
    for (GpuRecoveryAction action : values()) {
      if (action.title.equalsIgnoreCase(word)) {
        return action.repair;
      }
    }
    return GpuRepair.REBOOT;
  }
}
