package dev.windlass.simulations.world;

import dev.windlass.core.model.Keys;
import dev.windlass.daemon.resource.GpuNodeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How long the steps of a GPU node's bootstrap take, about, with warm package caches. */
final class GpuSteps {
  private GpuSteps() {}

  /** A step's length. */
  static Duration length(GpuNodeSpec.Step step) {
    return switch (step) {
      case Driver -> Duration.ofSeconds(75);
      case Runtime -> Duration.ofSeconds(15);
      case DevicePlugin -> Duration.ofSeconds(15);
      case Validating, Reset -> Duration.ofSeconds(20);
      case Reboot -> Duration.ofSeconds(90);
    };
  }

  /** How long an operand's pod takes to be ready: as long as its step. */
  static Optional<Duration> start(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    String name = labels == null ? "" : labels.getOrDefault(Keys.GPU_STEP, "");
    return Arrays.stream(GpuNodeSpec.Step.values())
        .filter(step -> step.name().equals(name))
        .findFirst()
        .map(GpuSteps::length);
  }
}
