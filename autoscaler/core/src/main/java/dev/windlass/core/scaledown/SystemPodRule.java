package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.util.Optional;

/** A young system pod without a disruption budget keeps its node for an hour. */
final class SystemPodRule implements DrainabilityRule {
  private static final Duration SETTLED = Duration.ofHours(1);

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    if (!pod.key().namespace().equals("kube-system") || !context.protecting(pod).isEmpty()) {
      return Optional.empty();
    }
    return pod.metadata().createdAt().plus(SETTLED).isAfter(context.now())
        ? Optional.of(
            new DrainVerdict.Block(
                KeptReason.SYSTEM_POD,
                "system pod " + pod.key() + " is younger than an hour and has no budget"))
        : Optional.empty();
  }
}
