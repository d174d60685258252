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
 * @param fallbacks what counts when a metric has had no answer for long
 * @param warmUp how long after its start a pod's cpu is not trusted, or null for the policy's
 * @param pace how often it looks and how fast it may answer
 * @param pause why it is paused, where it is
 * @param prediction how it looks ahead, or null where it does not
 */
public record ScalingExtras(
    List<Schedule> schedules,
    Fallbacks fallbacks,
    @Nullable Duration warmUp,
    Pace pace,
    Pause pause,
    @Nullable Prediction prediction) {
  /** Nothing beyond a HorizontalPodAutoscaler. */
  public static final ScalingExtras NONE = new ScalingExtras(List.of(), Fallbacks.NONE, null);

  /** Extras with the usual pace. */
  public ScalingExtras(List<Schedule> schedules, Fallbacks fallbacks, @Nullable Duration warmUp) {
    this(schedules, fallbacks, warmUp, Pace.USUAL, Pause.UNTIL_FURTHER_NOTICE, null);
  }

  /** Extras without a prediction. */
  public ScalingExtras(
      List<Schedule> schedules,
      Fallbacks fallbacks,
      @Nullable Duration warmUp,
      Pace pace,
      Pause pause) {
    this(schedules, fallbacks, warmUp, pace, pause, null);
  }

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
   * How often it looks, and what it does when the load rises fast.
   *
   * @param tick how often its metrics are asked, or null for the daemon's pace
   * @param panic when its limits on growth do not hold, or null for never
   */
  public record Pace(@Nullable Duration tick, @Nullable Panic panic) {
    public static final Pace USUAL = new Pace(null, null);

    public Pace {
      if (tick != null && tick.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("a tick is one second at least, but is " + tick);
      }
    }
  }

  /**
   * When every proposal of a short window asks for this share of the size, the target goes at once
   * to the lowest of them.
   *
   * @param percent the share, above 100
   * @param window how long the window is; so long nothing shrinks afterwards
   */
  public record Panic(int percent, Duration window) {
    public Panic {
      if (percent <= 100 || window.isNegative()) {
        throw new IllegalArgumentException(
            "a panic needs more than 100 percent and no negative window, got "
                + percent
                + " in "
                + window);
      }
    }
  }

  /**
   * Why it is paused, and until when.
   *
   * @param reason in the user's words, or empty
   * @param until when the pause ends by itself, or null for never
   */
  public record Pause(String reason, @Nullable Instant until) {
    public static final Pause UNTIL_FURTHER_NOTICE = new Pause("", null);

    boolean holds(Instant now) {
      return until == null || now.isBefore(until);
    }
  }
}
