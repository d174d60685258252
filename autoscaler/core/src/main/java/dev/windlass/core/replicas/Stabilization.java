package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recent proposals hold back a new one: while a higher one is young the target does not shrink
 * below it, while a lower one is young it does not grow above it.
 *
 * @param up how long a lower proposal holds
 * @param down how long a higher proposal holds
 * @param downIncludesEnd whether a proposal exactly as old as {@code down} still holds, as it does
 *     without a behavior
 */
record Stabilization(Duration up, Duration down, boolean downIncludesEnd) {
  static Stabilization of(@Nullable ScalingBehavior behavior, Duration usualDown) {
    if (behavior == null) {
      return new Stabilization(Duration.ZERO, usualDown, true);
    }
    Duration up = behavior.scaleUp().stabilizationWindow();
    Duration down = behavior.scaleDown().stabilizationWindow();
    return new Stabilization(
        up == null ? Duration.ZERO : up, down == null ? usualDown : down, false);
  }

  /** The size that recent proposals leave of a wanted one. */
  int apply(int current, int wanted, List<Recommendation> recent, Instant now) {
    int lowest = wanted;
    int highest = wanted;
    for (Recommendation one : recent) {
      if (one.at().isAfter(now.minus(up))) {
        lowest = Math.min(lowest, one.replicas());
      }
      if (holdsDown(one, now)) {
        highest = Math.max(highest, one.replicas());
      }
    }
    if (downIncludesEnd) {
      return highest;
    }
    return Math.min(Math.max(current, lowest), highest);
  }

  /**
   * The proposals with a new one, without those that can no longer be the highest or the lowest of
   * any window. The newest always stays, so that a scaler is never taken for a new one.
   */
  List<Recommendation> remember(List<Recommendation> recent, Recommendation added) {
    List<Recommendation> kept = new ArrayList<>();
    kept.add(added);
    int lowest = added.replicas();
    int highest = added.replicas();
    Duration longest = up.compareTo(down) > 0 ? up : down;
    for (Recommendation one : recent.reversed()) {
      boolean outdated = one.at().isBefore(added.at().minus(longest));
      if (!outdated && (one.replicas() < lowest || one.replicas() > highest)) {
        kept.add(one);
        lowest = Math.min(lowest, one.replicas());
        highest = Math.max(highest, one.replicas());
      }
    }
    return kept.reversed();
  }

  private boolean holdsDown(Recommendation one, Instant now) {
    Instant cutoff = now.minus(down);
    return downIncludesEnd ? !one.at().isBefore(cutoff) : one.at().isAfter(cutoff);
  }
}
