package dev.windlass.core.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scaler remembers from tick to tick; kept in its status, so that a restart loses nothing.
 *
 * @param recommendations unstabilized proposals, sorted, newest last; only those that can still be
 *     the highest or the lowest of a window
 * @param events changes of the target's size, sorted, newest last
 * @param scaledToZero whether this scaler itself brought its target to zero
 * @param lastScaleAt when it last changed the target, or null
 * @param unconfirmed the last change asked for while no snapshot has shown it; in memory only
 * @param metrics what it knows of metrics that fail or may fall back, by their place in the
 *     scaler's list, from 0
 * @param foresight what its prediction knows, or null where it has none
 */
public record ScalerHistory(
    List<Recommendation> recommendations,
    List<ScaleEvent> events,
    boolean scaledToZero,
    @Nullable Instant lastScaleAt,
    @Nullable Rescale unconfirmed,
    Map<Integer, MetricMemory> metrics,
    @Nullable Foresight foresight) {
  /** The most proposals, and the most changes, that are remembered. */
  public static final int MAX_ENTRIES = 64;

  /** Nothing remembered. */
  public static final ScalerHistory EMPTY = new ScalerHistory(List.of(), List.of(), false, null);

  public ScalerHistory {
    recommendations =
        recommendations.stream().sorted(Comparator.comparing(Recommendation::at)).toList();
    events = events.stream().sorted(Comparator.comparing(ScaleEvent::at)).toList();
    metrics = Map.copyOf(metrics);
  }

  /** A history without a prediction. */
  public ScalerHistory(
      List<Recommendation> recommendations,
      List<ScaleEvent> events,
      boolean scaledToZero,
      @Nullable Instant lastScaleAt,
      @Nullable Rescale unconfirmed,
      Map<Integer, MetricMemory> metrics) {
    this(recommendations, events, scaledToZero, lastScaleAt, unconfirmed, metrics, null);
  }

  /** A history as a status holds it. */
  public ScalerHistory(
      List<Recommendation> recommendations,
      List<ScaleEvent> events,
      boolean scaledToZero,
      @Nullable Instant lastScaleAt) {
    this(recommendations, events, scaledToZero, lastScaleAt, null, Map.of());
  }

  /** A proposal before stabilization. */
  public record Recommendation(Instant at, int replicas) {}

  /**
   * A change of size, or several in the same direction.
   *
   * @param at when the last of them was
   * @param change how many replicas; negative on the way down
   * @param since when the first of them was
   */
  public record ScaleEvent(Instant at, int change, Instant since) {
    /** One change. */
    public ScaleEvent(Instant at, int change) {
      this(at, change, at);
    }
  }

  /**
   * What is known of one metric.
   *
   * @param last what it asked for last, kept where its fallback needs that; or null
   * @param outage since when it has had no answer, or null while it has one
   */
  public record MetricMemory(@Nullable Recommendation last, @Nullable Outage outage) {}

  /**
   * A metric has no answer.
   *
   * @param since since when
   * @param replicas the target's size then
   */
  public record Outage(Instant since, int replicas) {}

  /**
   * What a prediction knows.
   *
   * @param demand what the metrics asked for
   * @param backtest what the prediction would have done on it, or null while it is too short
   */
  public record Foresight(DemandHistory demand, @Nullable Backtest backtest) {}

  /** A change that was asked for. */
  public record Rescale(Instant at, int from, int to) {}
}
