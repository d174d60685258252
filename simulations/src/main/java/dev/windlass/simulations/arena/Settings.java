package dev.windlass.simulations.arena;

import java.util.Locale;

/** What the daemon is configured with beside its cloud. */
enum Settings {
  /** Nothing: every default. */
  DEFAULT(""),

  /** The waiting periods that Cluster Autoscaler had in its tuned rows. */
  QUICK(
      """
        scaleDown: {unneededTime: 30s, delayAfterAdd: 30s, utilizationThreshold: 1, maxDraining: 10}
      """);

  private final String configuration;

  Settings(String configuration) {
    this.configuration = configuration;
  }

  /** Keys of the Configuration's spec, indented by two. */
  String configuration() {
    return configuration;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
