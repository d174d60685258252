package dev.windlass.gpu.catalogue;

import java.util.EnumSet;
import java.util.Set;

/** A daemon that links GPUs need besides the driver, always of exactly the driver's version. */
public enum FabricService {
  /** Programs NVSwitches; CUDA fails with error 802 until it has. */
  FABRIC_MANAGER("nvidia-fabricmanager"),
  /** The subnet manager of NVLink 5. */
  SUBNET_MANAGER("nvlsm"),
  /** Shares memory between the machines of a rack. */
  IMEX("nvidia-imex");

  private final String packageName;

  FabricService(String packageName) {
    this.packageName = packageName;
  }

  /** Its package from branch 580 on; before, the branch follows after a hyphen. */
  public String packageName() {
    return packageName;
  }

  /** Its package for a driver. */
  public String packageFor(DriverVersion driver) {
    boolean suffixed = driver.branch() < 580 && this != SUBNET_MANAGER;
    return suffixed ? packageName + "-" + driver.branch() : packageName;
  }

  /** What a machine needs whose GPUs have these links. */
  public static Set<FabricService> of(GpuModel.Fabric fabric) {
    return switch (fabric) {
      case NONE -> Set.of();
      case NVSWITCH -> EnumSet.of(FABRIC_MANAGER);
      case NVLINK5 -> EnumSet.of(FABRIC_MANAGER, SUBNET_MANAGER);
      case NVL72 -> EnumSet.of(IMEX);
    };
  }
}
