package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A pod whose deletion is long overdue is not waited for. */
final class LongTerminatingRule implements DrainabilityRule {
  /** How long after its grace period (which {@code deletionTimestamp} includes). */
  private static final Duration SLACK = Duration.ofSeconds(30);

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    Instant deletedAt = pod.metadata().deletedAt();
    return deletedAt != null && context.now().isAfter(deletedAt.plus(SLACK))
        ? Optional.of(new DrainVerdict.Skip())
        : Optional.empty();
  }
}
