package dev.windlass.simulations.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Whose groups the demo's machines are in. */
enum DemoProvider {
  SIMULATED,
  AWS,
  AZURE,
  GCP,
  ALL;

  /** With several clouds, each group is in another one. */
  private static final Map<String, DemoProvider> SHARED =
      Map.of("general", AWS, "batch-spot", AZURE, "gpu-inference", GCP, "gpu-training", AWS);

  /** The provider that a person names. */
  static DemoProvider named(String kind) {
    return Arrays.stream(values())
        .filter(each -> each.kind().equals(kind))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the provider is simulated, aws, azure, gcp or all, not " + kind));
  }

  /** The cloud that a node group is in. */
  DemoProvider of(String group) {
    return this == ALL ? SHARED.getOrDefault(group, AWS) : this;
  }

  /** The provider's kind in a NodeGroup. */
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
