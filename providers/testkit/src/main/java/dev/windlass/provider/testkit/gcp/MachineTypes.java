package dev.windlass.provider.testkit.gcp;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine types that the fake sells; figures from Google's documentation of them. */
final class MachineTypes {
  private static final Map<String, Type> SPECIAL =
      Map.of(
          "e2-micro", new Type(2, 1_024, true, "", 0),
          "e2-medium", new Type(2, 4_096, true, "", 0),
          "n1-standard-4", new Type(4, 15_360, false, "", 0),
          "n1-standard-8", new Type(8, 30_720, false, "", 0),
          "g2-standard-4", new Type(4, 16_384, false, "nvidia-l4", 1),
          "g2-standard-48", new Type(48, 196_608, false, "nvidia-l4", 4),
          "a2-highgpu-1g", new Type(12, 87_040, false, "nvidia-tesla-a100", 1),
          "a3-highgpu-8g", new Type(208, 1_916_928, false, "nvidia-h100-80gb", 8));
  private static final Pattern REGULAR =
      Pattern.compile("(?:n2|n2d|n4|c2d|c3|c4|e2|t2d|t2a|c4a)-(standard|highmem|highcpu)-(\\d+)");

  private MachineTypes() {}

  /**
   * A type.
   *
   * @param cpus its processors
   * @param memoryMib its memory
   * @param shared whether it has a share of them only
   * @param accelerator the GPU that is built in, or empty
   * @param accelerators how many of them
   */
  record Type(int cpus, int memoryMib, boolean shared, String accelerator, int accelerators) {}

  static Optional<Type> find(String name) {
    Type special = SPECIAL.get(name);
    if (special != null) {
      return Optional.of(special);
    }
    Matcher regular = REGULAR.matcher(name);
    if (!regular.matches()) {
      return Optional.empty();
    }
    int cpus = Integer.parseInt(regular.group(2));
    int memoryMib =
        switch (regular.group(1)) {
          case "highmem" -> 8_192 * cpus;
          case "highcpu" -> 1_024 * cpus;
          default -> 4_096 * cpus;
        };
    return Optional.of(new Type(cpus, memoryMib, false, "", 0));
  }
}
