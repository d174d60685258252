package dev.windlass.core.model;

import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a metric without an answer proposes.
 *
 * @param after how long it must have had none
 * @param amount replicas, or percent where it is proportional
 * @param kind what it proposes
 * @param timeToLive how long the last value counts
 */
public record Fallback(Duration after, int amount, Kind kind, Duration timeToLive) {
  public Fallback {
    if (amount < 0 || after.isNegative() || timeToLive.isNegative()) {
      throw new IllegalArgumentException(
          "a fallback needs an amount of 0 or more and no negative time, got "
              + amount
              + " after "
              + after
              + " for "
              + timeToLive);
    }
  }

  /** A fallback without a last value. */
  public Fallback(Duration after, int amount, Kind kind) {
    this(after, amount, kind, Duration.ZERO);
  }

  /** What is proposed. */
  public enum Kind {
    /** Nothing: the target keeps its size. */
    HOLD,
    /** What the metric asked for last, while that is young. */
    LAST_VALUE,
    /** So many replicas, whatever the size is. */
    STATIC,
    /** The current size where that is larger. */
    CURRENT_IF_HIGHER,
    /** The current size where that is smaller. */
    CURRENT_IF_LOWER,
    /** So many percent of the size that the target had when the answers ended, rounded up. */
    PROPORTIONAL
  }

  /**
   * What it proposes, if anything. A last value and a share never bring a target to zero: that
   * nobody answers is no reason to stop a workload.
   *
   * @param current the target's size
   * @param metric what is known of the metric, whose outage has begun
   */
  public OptionalInt proposal(int current, MetricMemory metric, Instant now) {
    return switch (kind) {
      case HOLD -> OptionalInt.empty();
      case STATIC -> OptionalInt.of(amount);
      case CURRENT_IF_HIGHER -> OptionalInt.of(Math.max(current, amount));
      case CURRENT_IF_LOWER -> OptionalInt.of(Math.min(current, amount));
      case LAST_VALUE -> lastValue(current, metric.last(), now);
      case PROPORTIONAL -> {
        int before = metric.outage() == null ? current : metric.outage().replicas();
        double share = Math.ceil(before * (amount / 100.0));
        yield OptionalInt.of(awake(current, (int) share));
      }
    };
  }

  private OptionalInt lastValue(int current, @Nullable Recommendation last, Instant now) {
    return last == null || now.isAfter(last.at().plus(timeToLive))
        ? OptionalInt.empty()
        : OptionalInt.of(awake(current, last.replicas()));
  }

  private static int awake(int current, int proposal) {
    return current == 0 ? proposal : Math.max(1, proposal);
  }
}
