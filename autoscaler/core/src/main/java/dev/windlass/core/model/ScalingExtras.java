package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a ReplicaScaler has beyond a HorizontalPodAutoscaler.
 *
 * @param schedules sizes by the clock, proposals like those of metrics
 * @param fallback what counts when a metric has had no answer for long, or null to hold the size
 * @param warmUp how long after its start a pod's cpu is not trusted, or null for the policy's
 */
public record ScalingExtras(
    List<Schedule> schedules, @Nullable Fallback fallback, @Nullable Duration warmUp) {
  /** Nothing beyond a HorizontalPodAutoscaler. */
  public static final ScalingExtras NONE = new ScalingExtras(List.of(), null, null);

  public ScalingExtras {
    schedules = List.copyOf(schedules);
    if (warmUp != null && warmUp.isNegative()) {
      throw new IllegalArgumentException("a warm-up must not be negative, but is " + warmUp);
    }
  }

  /**
   * So many replicas at least while the clock is between a start and an end.
   *
   * @param name what users call it
   * @param zone the time zone of both lines
   * @param start when it begins
   * @param end when it ends
   * @param replicas how many
   */
  public record Schedule(
      String name, ZoneId zone, CronExpression start, CronExpression end, int replicas) {
    public Schedule {
      if (replicas < 0) {
        throw new IllegalArgumentException("a schedule needs 0 replicas or more, got " + replicas);
      }
    }

    /** Whether it holds: its end comes before its next start. */
    public boolean holds(Instant now) {
      Optional<Instant> nextEnd = end.next(now, zone);
      Optional<Instant> nextStart = start.next(now, zone);
      return nextEnd.isPresent()
          && nextStart.isPresent()
          && nextEnd.get().isBefore(nextStart.get());
    }
  }

  /**
   * What a metric of pods, of an object or from outside proposes when it has had no answer.
   *
   * @param after for how long
   * @param replicas how many
   * @param kind how that is joined with the current size
   */
  public record Fallback(Duration after, int replicas, Kind kind) {
    public Fallback {
      if (replicas < 0 || after.isNegative()) {
        throw new IllegalArgumentException(
            "a fallback needs 0 replicas or more and no negative time, got "
                + replicas
                + " after "
                + after);
      }
    }

    /** How the fallback is joined with the current size. */
    public enum Kind {
      /** Its replicas, whatever the size is. */
      STATIC,
      /** The current size where that is larger. */
      CURRENT_IF_HIGHER,
      /** The current size where that is smaller. */
      CURRENT_IF_LOWER
    }

    /** What it proposes. */
    public int proposal(int current) {
      return switch (kind) {
        case STATIC -> replicas;
        case CURRENT_IF_HIGHER -> Math.max(current, replicas);
        case CURRENT_IF_LOWER -> Math.min(current, replicas);
      };
    }
  }
}
