package dev.windlass.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scaler remembers from tick to tick; kept in its status, so that a restart loses nothing.
 *
 * @param recommendations unstabilized proposals, newest last
 * @param events changes of the target's size, newest last
 * @param scaledToZero whether this scaler itself brought its target to zero
 * @param lastScaleAt when it last changed the target, or null
 */
public record ScalerHistory(
    List<Recommendation> recommendations,
    List<ScaleEvent> events,
    boolean scaledToZero,
    @Nullable Instant lastScaleAt) {
  /** Nothing remembered. */
  public static final ScalerHistory EMPTY = new ScalerHistory(List.of(), List.of(), false, null);

  public ScalerHistory {
    recommendations = List.copyOf(recommendations);
    events = List.copyOf(events);
  }

  /** A proposal before stabilization. */
  public record Recommendation(Instant at, int replicas) {}

  /** A change of size; negative on the way down. */
  public record ScaleEvent(Instant at, int change) {}
}
