package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nvidia-smi says of a machine.
 *
 * @param driver the driver's version
 * @param devices its devices, in the driver's order
 */
public record GpuFacts(DriverVersion driver, List<Device> devices) {
  public GpuFacts {
    devices = List.copyOf(devices);
  }

  /**
   * One device.
   *
   * @param product its marketing name
   * @param uuid its id
   * @param pciId its PCI device id, or null where the tool does not say
   * @param memoryMib its memory
   * @param state what the driver thinks of it
   */
  public record Device(
      String product, String uuid, @Nullable PciId pciId, long memoryMib, State state) {}

  /**
   * A device's state.
   *
   * @param migEnabled whether it is partitioned
   * @param migDevices how many partitions it has
   * @param fabric the fabric's state, for instance {@code Completed}; empty without a fabric
   * @param uncorrectableErrors uncorrectable memory errors since the driver was loaded
   */
  public record State(boolean migEnabled, int migDevices, String fabric, long uncorrectableErrors) {
    public static final State QUIET = new State(false, 0, "", 0);
  }
}
