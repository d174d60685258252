package dev.windlass.gpu.operand;

import dev.windlass.gpu.operand.StackSettings.Plugin;
import dev.windlass.gpu.operand.StackSettings.Sharing;

/** The device plugin's configuration file, version v1. */
final class PluginConfig {
  private PluginConfig() {}

  static String of(Plugin plugin, boolean cdi) {
    return """
    version: v1
    flags:
      migStrategy: %s
      failOnInitError: true
      plugin:
        deviceListStrategy: [%s]
        deviceIDStrategy: uuid
        passDeviceSpecs: false
    """
            .formatted(plugin.mig().strategy().flag(), cdi ? "cdi-cri" : "envvar")
        + sharing(plugin);
  }

  private static String sharing(Plugin plugin) {
    Sharing sharing = plugin.sharing();
    String section =
        switch (sharing.strategy()) {
          case EXCLUSIVE -> "";
          case TIME_SLICING -> "timeSlicing";
          case MPS -> "mps";
        };
    return section.isEmpty()
        ? ""
        : """
        sharing:
          %s:
            renameByDefault: false
            failRequestsGreaterThanOne: true
            resources:
              - name: %s
                replicas: %d
        """
            .formatted(section, plugin.resource(), sharing.replicas());
  }
}
