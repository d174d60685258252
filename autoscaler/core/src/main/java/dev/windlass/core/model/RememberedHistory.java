package dev.windlass.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A history as a scaler's status holds it.
 *
 * @param history what was written
 * @param at up to when it is complete, or null where that is not known
 * @param replicas the target's size that was decided then
 */
public record RememberedHistory(ScalerHistory history, @Nullable Instant at, int replicas) {
  /** Nothing written. */
  public static final RememberedHistory NONE = complete(ScalerHistory.EMPTY);

  /** A history that misses nothing. */
  public static RememberedHistory complete(ScalerHistory history) {
    return new RememberedHistory(history, null, 0);
  }
}
