package dev.windlass.gpu.host;

import dev.windlass.gpu.operand.StackSettings.Plugin;
import dev.windlass.gpu.operand.StackSettings.Sharing;

/**
 * What Bottlerocket's own device plugin is told through its API. Source: settings.kubernetes.nvidia
 * of Bottlerocket 1.40 and later.
 */
final class BottlerocketSettings {
  private BottlerocketSettings() {}

  static String of(Plugin plugin) {
    return "{\"kubernetes\":{\"nvidia\":{\"device-plugin\":{" + sharing(plugin.sharing()) + "}}}}";
  }

  private static String sharing(Sharing sharing) {
    return switch (sharing.strategy()) {
      case EXCLUSIVE -> "\"device-sharing-strategy\":\"none\"";
      case TIME_SLICING -> strategy("time-slicing", sharing.replicas());
      case MPS -> strategy("mps", sharing.replicas());
    };
  }

  private static String strategy(String name, int replicas) {
    return "\"device-sharing-strategy\":\"%s\",\"%s\":{\"replicas\":%d}"
        .formatted(name, name, replicas);
  }
}
