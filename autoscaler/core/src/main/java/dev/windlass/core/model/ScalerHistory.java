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
 * @param failingSince since when each metric that fails has failed, by its place in the scaler's
 *     list, from 0; in memory only
 */
public record ScalerHistory(
    List<Recommendation> recommendations,
    List<ScaleEvent> events,
    boolean scaledToZero,
    @Nullable Instant lastScaleAt,
    @Nullable Rescale unconfirmed,
    Map<Integer, Instant> failingSince) {
  /** Nothing remembered. */
  public static final ScalerHistory EMPTY = new ScalerHistory(List.of(), List.of(), false, null);

  public ScalerHistory {
    recommendations =
        recommendations.stream().sorted(Comparator.comparing(Recommendation::at)).toList();
    events = events.stream().sorted(Comparator.comparing(ScaleEvent::at)).toList();
    failingSince = Map.copyOf(failingSince);
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

  /** A change of size; negative on the way down. */
  public record ScaleEvent(Instant at, int change) {}

  /** A change that was asked for. */
  public record Rescale(Instant at, int from, int to) {}
}
