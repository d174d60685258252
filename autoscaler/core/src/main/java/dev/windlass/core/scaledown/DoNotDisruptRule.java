package dev.windlass.core.scaledown;

import dev.windlass.core.model.GoDuration;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whoever runs the pod has asked that it be left alone: for good, or in Karpenter's annotation for
 * a time from the pod's start, written as Go writes durations.
 */
final class DoNotDisruptRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    boolean asked =
        "true".equals(pod.metadata().annotations().get(Keys.DO_NOT_DISRUPT))
            || isInKarpentersTime(pod, context.now());
    return asked && !pod.status().isTerminal()
        ? Optional.of(
            new DrainVerdict.Block(
                KeptReason.DO_NOT_DISRUPT, "pod " + pod.key() + " asks not to be disrupted"))
        : Optional.empty();
  }

  private static boolean isInKarpentersTime(Pod pod, Instant now) {
    String asked = pod.metadata().annotations().get(Keys.KARPENTER_DO_NOT_DISRUPT);
    Optional<Duration> time = GoDuration.read(asked);
    if (time.isEmpty()) {
      return "true".equals(asked);
    }
    Instant start = pod.status().startedAt();
    return start == null || now.isBefore(start.plus(time.get()));
  }
}
