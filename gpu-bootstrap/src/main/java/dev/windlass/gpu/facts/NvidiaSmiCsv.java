package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code nvidia-smi --query-gpu=name,uuid,pci.device_id,memory.total,driver_version,
 * mig.mode.current --format=csv,noheader,nounits}: one line a device.
 */
public final class NvidiaSmiCsv {
  /** The fields to ask for, in the order in which they are read. */
  public static final String QUERY =
      "name,uuid,pci.device_id,memory.total,driver_version,mig.mode.current";

  private static final int FIELDS = 6;

  private NvidiaSmiCsv() {}

  /** The facts; empty when any line is not as asked, or there is none. */
  public static Optional<GpuFacts> parse(String text) {
    List<GpuFacts.Device> devices = new ArrayList<>();
    Optional<DriverVersion> driver = Optional.empty();
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      String[] cell = line.split(",", -1);
      if (cell.length != FIELDS) {
        return Optional.empty();
      }
      driver = DriverVersion.parse(cell[4].strip());
      Optional<PciId> id = PciId.parse(cell[2].strip());
      String memory = cell[3].strip();
      if (driver.isEmpty() || id.isEmpty() || !memory.matches("\\d{1,9}")) {
        return Optional.empty();
      }
      boolean mig = cell[5].strip().equals("Enabled");
      devices.add(
          new GpuFacts.Device(
              cell[0].strip(),
              cell[1].strip(),
              id.get(),
              Long.parseLong(memory),
              new GpuFacts.State(mig, 0, "", 0)));
    }
    return driver.map(version -> new GpuFacts(version, devices));
  }
}
