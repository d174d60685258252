package dev.windlass.gpu.operand;

import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.MigProfile;
import dev.windlass.gpu.catalogue.PciId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The partitioning tool's configuration file: one layout, {@code all-PROFILE}, for every model of
 * the catalogue that has the profile. The same profile name means different numbers of partitions
 * on different models, so each number names its devices.
 */
final class MigConfig {
  private static final String PREFIX = "all-";

  private MigConfig() {}

  /** The file; empty when no model has such a layout. */
  static Optional<String> of(String layout, GpuCatalogue catalogue) {
    String profile = layout.startsWith(PREFIX) ? layout.substring(PREFIX.length()) : "";
    Map<Integer, SortedSet<PciId>> devices = new TreeMap<>();
    for (GpuModel model : catalogue.models()) {
      int instances = model.migProfile(profile).map(MigProfile::instances).orElse(0);
      if (instances > 0) {
        devices.computeIfAbsent(instances, _ -> new TreeSet<>()).addAll(model.needs().pciIds());
      }
    }
    if (devices.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder file = new StringBuilder("version: v1\nmig-configs:\n  " + layout + ":\n");
    devices.forEach((instances, ids) -> file.append(entry(profile, instances, ids)));
    return Optional.of(file.toString());
  }

  private static String entry(String profile, int instances, SortedSet<PciId> ids) {
    String filter = String.join(", ", ids.stream().map(id -> '"' + id.withVendor() + '"').toList());
    return """
        - device-filter: [%s]
          devices: all
          mig-enabled: true
          mig-devices:
            "%s": %d
    """
        .formatted(filter, profile, instances);
  }
}
