package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.PciId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's devices on the PCI bus, from {@code lspci -n -k}.
 *
 * @param gpus display and 3D controllers, classes 0300 and 0302
 * @param switches NVSwitches, class 0680
 * @param nouveau whether the nouveau module holds one of them
 */
public record PciDevices(List<PciId> gpus, int switches, boolean nouveau) {
  private static final Pattern DEVICE =
      Pattern.compile("^\\S+ ([0-9a-f]{4}): ([0-9a-f]{4}):([0-9a-f]{4}).*$");

  public PciDevices {
    gpus = List.copyOf(gpus);
  }

  /** Reads the tool's output; other vendors' devices are passed over. */
  public static PciDevices parse(String text) {
    List<PciId> gpus = new ArrayList<>();
    int switches = 0;
    boolean nouveau = false;
    boolean ours = false;
    for (String line : text.lines().toList()) {
      Matcher device = DEVICE.matcher(line);
      if (device.matches()) {
        ours = device.group(2).equals("10de");
        String kind = ours ? device.group(1) : "";
        Optional<PciId> id = PciId.parse(device.group(3));
        if ((kind.equals("0300") || kind.equals("0302")) && id.isPresent()) {
          gpus.add(id.get());
        }
        switches += kind.equals("0680") ? 1 : 0;
      } else if (ours && line.strip().equals("Kernel driver in use: nouveau")) {
        nouveau = true;
      }
    }
    return new PciDevices(gpus, switches, nouveau);
  }
}
