package dev.windlass.provider.gcp;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of GPUs and of the machine types that have them. A type to which GPUs are attached is named
 * with them, {@code n1-standard-4+2xt4}, as the instance catalogue does.
 */
final class GpuNames {
  /** GPUs that are built into machine types, by the type's family. */
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "a2-highgpu", "nvidia-a100",
          "a2-megagpu", "nvidia-a100",
          "a2-ultragpu", "nvidia-a100-80gb",
          "a3-highgpu", "nvidia-h100",
          "a3-megagpu", "nvidia-h100-mega",
          "a3-ultragpu", "nvidia-h200",
          "g2-standard", "nvidia-l4");

  private static final Pattern ATTACHED = Pattern.compile(".*\\+\\d+x(.+)");

  private GpuNames() {}

  /** The name of a machine type with GPUs attached to it. */
  static String withAttached(String machineType, String acceleratorType, int count) {
    return count > 0 && acceleratorType.startsWith("nvidia-")
        ? machineType + "+" + count + "x" + plain(acceleratorType).substring("nvidia-".length())
        : machineType;
  }

  /** The machine type without what is attached. */
  static String machineType(String type) {
    int attached = type.indexOf('+');
    return attached < 0 ? type : type.substring(0, attached);
  }

  /** The GPU's name as quotas have it; older ones carry their product line too. */
  static String plain(String acceleratorType) {
    return Location.last(acceleratorType).replace("-tesla-", "-");
  }

  /** The GPU that a type is named after. */
  static Optional<String> ofType(String type) {
    Matcher attached = ATTACHED.matcher(type);
    if (attached.matches()) {
      return Optional.of("nvidia-" + attached.group(1));
    }
    return BUILT_IN.entrySet().stream()
        .filter(it -> type.startsWith(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
