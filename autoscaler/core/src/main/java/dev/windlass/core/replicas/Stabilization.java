package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recent proposals hold back a new one: while a higher one is young the target does not shrink
 * below it, while a lower one is young it does not grow above it.
 *
 * @param up how long a lower proposal holds
 * @param down how long a higher proposal holds
 * @param panic in how short a time the proposals may call for a panic
 * @param downIncludesEnd whether a proposal exactly as old as {@code down} still holds, as it does
 *     without a behavior
 */
record Stabilization(Duration up, Duration down, Duration panic, boolean downIncludesEnd) {
  /** Half of what is remembered holds the target back on the way down, half on the way up. */
  private static final int MAX_OF_EACH = ScalerHistory.MAX_ENTRIES / 2 - 1;

  /** Windows of a scaler that never panics. */
  Stabilization(Duration up, Duration down, boolean downIncludesEnd) {
    this(up, down, Duration.ZERO, downIncludesEnd);
  }

  /**
   * The rules of a scaler.
   *
   * @param usualDown how long a higher proposal holds where nothing is said
   * @param panic how long a panic lasts at least: so long nothing shrinks
   */
  static Stabilization of(@Nullable ScalingBehavior behavior, Duration usualDown, Duration panic) {
    if (behavior == null) {
      return new Stabilization(Duration.ZERO, longer(usualDown, panic), panic, true);
    }
    Duration up = behavior.scaleUp().stabilizationWindow();
    Duration down = behavior.scaleDown().stabilizationWindow();
    return new Stabilization(
        up == null ? Duration.ZERO : up,
        longer(down == null ? usualDown : down, panic),
        panic,
        false);
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
    Instant highUntil = added.at().minus(down);
    Instant lowUntil = added.at().minus(longer(up, panic));
    Deque<Recommendation> highs = new ArrayDeque<>();
    Deque<Recommendation> lows = new ArrayDeque<>();
    int highest = added.replicas();
    int lowest = added.replicas();
    for (Recommendation one : recent.reversed()) {
      if (one.replicas() > highest && !one.at().isBefore(highUntil)) {
        highs.addFirst(one);
        highest = one.replicas();
      }
      if (one.replicas() < lowest && !one.at().isBefore(lowUntil)) {
        lows.addFirst(one);
        lowest = one.replicas();
      }
    }
    List<Recommendation> kept = new ArrayList<>(folded(highs));
    kept.addAll(folded(lows));
    kept.sort(Comparator.comparing(Recommendation::at));
    kept.add(added);
    return kept;
  }

  /** So many at most: of the two oldest the stronger one holds until the later one would end. */
  private static Deque<Recommendation> folded(Deque<Recommendation> oldestFirst) {
    while (oldestFirst.size() > MAX_OF_EACH) {
      Recommendation stronger = oldestFirst.removeFirst();
      Recommendation later = oldestFirst.removeFirst();
      oldestFirst.addFirst(new Recommendation(later.at(), stronger.replicas()));
    }
    return oldestFirst;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** The lowest of the proposals of the panic's window, the wanted one included. */
  int lowestInPanicWindow(int wanted, List<Recommendation> recent, Instant now) {
    int lowest = wanted;
    for (Recommendation one : recent) {
      if (one.at().isAfter(now.minus(panic))) {
        lowest = Math.min(lowest, one.replicas());
      }
    }
    return lowest;
  }

  private boolean holdsDown(Recommendation one, Instant now) {
    Instant cutoff = now.minus(down);
    return downIncludesEnd ? !one.at().isBefore(cutoff) : one.at().isAfter(cutoff);
  }
}
