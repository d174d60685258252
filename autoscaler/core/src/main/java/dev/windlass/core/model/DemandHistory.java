package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many replicas a scaler's metrics asked for, before windows, policies and bounds: the highest
 * number of each step of time, oldest first. Immutable.
 */
public final class DemandHistory {
  private final Instant start;
  private final Duration step;
  private final int[] closed;
  private final int open;

  /**
   * A history.
   *
   * @param start when its first step began; a whole multiple of the step since the epoch
   * @param step how long a step is
   * @param closed the highest demand of each step that is over, in replicas
   * @param open the highest demand so far of the step after them, in replicas
   */
  public DemandHistory(Instant start, Duration step, int[] closed, int open) {
    if (step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("a demand history's step must be positive, not " + step);
    }
    this.start = start;
    this.step = step;
    this.closed = closed.clone();
    this.open = open;
  }

  /**
   * The history with one more demand. Steps that nobody saw repeat the step before them; a history
   * that ended longer ago than it may last begins anew.
   *
   * @param before the history so far, or null; one with another step is dropped
   * @param step how long a step is
   * @param most how many steps that are over are kept
   */
  public static DemandHistory observe(
      @Nullable DemandHistory before, Duration step, int most, Instant now, int wanted) {
    if (before == null || !before.step.equals(step)) {
      return new DemandHistory(floor(now, step), step, new int[0], wanted);
    }
    long place = Math.floorDiv(Duration.between(before.start, now).toMillis(), step.toMillis());
    long ended = place - before.closed.length;
    if (ended < 0) {
      return before;
    }
    if (ended == 0) {
      return wanted <= before.open
          ? before
          : new DemandHistory(before.start, step, before.closed, wanted);
    }
    if (ended > most) {
      return observe(null, step, most, now, wanted);
    }
    int[] all = Arrays.copyOf(before.closed, (int) place);
    Arrays.fill(all, before.closed.length, all.length, before.open);
    int dropped = Math.max(0, all.length - most);
    return new DemandHistory(
        before.start.plus(step.multipliedBy(dropped)),
        step,
        Arrays.copyOfRange(all, dropped, all.length),
        wanted);
  }

  private static Instant floor(Instant time, Duration step) {
    long millis = step.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }

  /** When its first step began. */
  public Instant start() {
    return start;
  }

  /** How long each step is. */
  public Duration step() {
    return step;
  }

  /** The highest demand of each step that is over, in replicas, oldest first. */
  public int[] closed() {
    return closed.clone();
  }

  /** When the last step that is over ended. */
  public Instant closedUntil() {
    return start.plus(step.multipliedBy(closed.length));
  }

  /** How many steps are over. */
  public int length() {
    return closed.length;
  }

  /** The highest demand so far of the step that is not over, in replicas. */
  public int open() {
    return open;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DemandHistory that
        && start.equals(that.start)
        && step.equals(that.step)
        && open == that.open
        && Arrays.equals(closed, that.closed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(start, step, open, Arrays.hashCode(closed));
  }

  @Override
  public String toString() {
    return closed.length + " steps of " + step + " from " + start + ", now " + open;
  }
}
