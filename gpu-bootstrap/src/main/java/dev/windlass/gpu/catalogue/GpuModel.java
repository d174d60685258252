package dev.windlass.gpu.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A GPU model.
 *
 * @param name as in the clouds' machine types, for instance {@code H100}
 * @param architecture its generation
 * @param computeCapability for instance {@code 9.0}
 * @param memoryGib nominal memory of one device, in GiB
 * @param needs what it needs of the driver
 * @param migProfiles its partitions; empty without MIG
 */
public record GpuModel(
    String name,
    GpuArchitecture architecture,
    String computeCapability,
    int memoryGib,
    Needs needs,
    List<MigProfile> migProfiles) {
  public GpuModel {
    migProfiles = List.copyOf(migProfiles);
  }

  /**
   * What a model needs.
   *
   * @param pciIds the ids under which it appears
   * @param minDriver the first driver that drives it
   * @param fabric what must run besides the driver where several of them are linked
   */
  public record Needs(List<PciId> pciIds, DriverVersion minDriver, Fabric fabric) {
    public Needs {
      pciIds = List.copyOf(pciIds);
    }
  }

  /** The links between GPUs of one machine. */
  public enum Fabric {
    /** None that needs a daemon. */
    NONE,
    /** NVSwitch: fabric manager of exactly the driver's version. */
    NVSWITCH,
    /** NVLink 5: fabric manager and subnet manager. */
    NVLINK5,
    /** A rack of GPUs: IMEX; fabric manager runs on the switch trays. */
    NVL72
  }

  /** The partition with this name. */
  public Optional<MigProfile> migProfile(String profile) {
    return migProfiles.stream().filter(each -> each.name().equals(profile)).findFirst();
  }
}
