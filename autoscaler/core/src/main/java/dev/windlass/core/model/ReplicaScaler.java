package dev.windlass.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ReplicaScaler.
 *
 * @param key its name
 * @param identity its uid and version
 * @param target what it scales, in its own namespace
 * @param bounds how few and how many replicas
 * @param metrics what it follows; cpu at 80 percent of the requests where nothing is said
 * @param settings how it moves
 */
public record ReplicaScaler(
    ObjectKey key,
    Identity identity,
    TargetRef target,
    Bounds bounds,
    List<MetricSpec> metrics,
    Settings settings) {
  private static final List<MetricSpec> DEFAULT_METRICS =
      List.of(new MetricSpec.Resource(Resources.CPU, new MetricTarget.Utilization(80)));

  public ReplicaScaler {
    boolean silent = metrics.isEmpty() && settings.extras().schedules().isEmpty();
    metrics = silent ? DEFAULT_METRICS : List.copyOf(metrics);
  }

  /** Bounds in replicas, both inclusive. */
  public record Bounds(int min, int max) {
    public Bounds {
      if (min < 0 || max < Math.max(1, min)) {
        throw new IllegalArgumentException(
            "need 0 <= min <= max and max >= 1, got " + min + ", " + max);
      }
    }
  }

  /**
   * How it moves.
   *
   * @param behavior its behavior, or null for the rules that hold without one
   * @param paused whether it only says what it would do, until its pause ends
   * @param strict whether known hazards of the HorizontalPodAutoscaler are kept as they are
   * @param remembered the history in its status, for the first tick after a start
   * @param extras what it has beyond a HorizontalPodAutoscaler
   */
  public record Settings(
      @Nullable ScalingBehavior behavior,
      boolean paused,
      boolean strict,
      RememberedHistory remembered,
      ScalingExtras extras) {
    public static final Settings USUAL =
        new Settings(null, false, false, RememberedHistory.NONE, ScalingExtras.NONE);

    /** Whether it only says what it would do at this time. */
    public boolean pausedAt(Instant now) {
      return paused && extras.pause().holds(now);
    }
  }
}
