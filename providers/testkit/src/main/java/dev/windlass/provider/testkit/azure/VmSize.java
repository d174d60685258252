package dev.windlass.provider.testkit.azure;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A machine type of the fake's catalogue.
 *
 * @param name such as {@code Standard_D4s_v3}
 * @param family the name that its quota has
 * @param cores its virtual cores
 * @param memoryGib its memory
 * @param gpus how many GPUs it has
 * @param usdPerHour its list price
 */
record VmSize(
    String name, String family, int cores, double memoryGib, int gpus, double usdPerHour) {
  /** The types that the fake's region has. */
  static final Map<String, VmSize> ALL =
      Stream.of(
              new VmSize("Standard_D2s_v3", "standardDSv3Family", 2, 8, 0, 0.096),
              new VmSize("Standard_D4s_v3", "standardDSv3Family", 4, 16, 0, 0.192),
              new VmSize("Standard_D8s_v3", "standardDSv3Family", 8, 32, 0, 0.384),
              new VmSize("Standard_D4s_v5", "standardDSv5Family", 4, 16, 0, 0.192),
              new VmSize("Standard_D8s_v5", "standardDSv5Family", 8, 32, 0, 0.384),
              new VmSize("Standard_E8s_v5", "standardESv5Family", 8, 64, 0, 0.504),
              new VmSize("Standard_F16s_v2", "standardFSv2Family", 16, 32, 0, 0.677),
              new VmSize("Standard_NC4as_T4_v3", "standardNCASv3T4Family", 4, 28, 1, 0.526),
              new VmSize(
                  "Standard_NC24ads_A100_v4", "standardNCADSA100v4Family", 24, 220, 1, 3.673),
              new VmSize("Standard_NV6ads_A10_v5", "StandardNVADSA10v5Family", 6, 55, 1, 0.454),
              new VmSize("Standard_ND96isr_H100_v5", "standardNDSH100v5Family", 96, 1900, 8, 98.32))
          .collect(Collectors.toUnmodifiableMap(VmSize::name, each -> each));

  /** A type by its name; one that the catalogue does not have has four cores and no price. */
  static VmSize of(String name) {
    VmSize known = ALL.get(name);
    return known == null ? new VmSize(name, "standardOtherFamily", 4, 16, 0, 0) : known;
  }
}
