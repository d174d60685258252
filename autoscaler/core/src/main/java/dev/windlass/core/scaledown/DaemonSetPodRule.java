package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.Optional;

/** A daemon goes with its node. */
final class DaemonSetPodRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return pod.isDaemon() ? Optional.of(new DrainVerdict.Skip()) : Optional.empty();
  }
}
