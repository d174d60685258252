package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.Rescale;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a scaler's memory changes from one decision to the next. */
final class Histories {
  private Histories() {}

  /**
   * The memory at the start of a decision: a change that was asked for is kept if the target shows
   * it and forgotten if it still has its old size.
   */
  static ScalerHistory observe(ScalerHistory history, int current) {
    Rescale asked = history.unconfirmed();
    if (asked == null) {
      return history;
    }
    if (current == asked.from()) {
      return new ScalerHistory(
          history.recommendations(),
          without(asked, history.events()),
          history.scaledToZero(),
          null,
          null,
          history.failingSince());
    }
    boolean left = current == asked.to() && current > 0;
    return new ScalerHistory(
        history.recommendations(),
        history.events(),
        history.scaledToZero() && !left,
        history.lastScaleAt(),
        null,
        history.failingSince());
  }

  /** The same with these proposals. */
  static ScalerHistory withRecommendations(
      ScalerHistory history, List<Recommendation> recommendations) {
    return new ScalerHistory(
        recommendations,
        history.events(),
        history.scaledToZero(),
        history.lastScaleAt(),
        history.unconfirmed(),
        history.failingSince());
  }

  /** The same with these metrics failing. */
  static ScalerHistory withFailing(ScalerHistory history, Map<Integer, Instant> failingSince) {
    return new ScalerHistory(
        history.recommendations(),
        history.events(),
        history.scaledToZero(),
        history.lastScaleAt(),
        history.unconfirmed(),
        failingSince);
  }

  /**
   * The memory after a change was asked for.
   *
   * @param events the changes to remember, this one included where a behavior needs it
   * @param toZero whether it brings the target to zero, from where this scaler may wake it
   */
  static ScalerHistory rescaled(
      ScalerHistory history, Rescale asked, List<ScaleEvent> events, boolean toZero) {
    return new ScalerHistory(
        history.recommendations(),
        events,
        history.scaledToZero() || toZero,
        asked.at(),
        asked,
        history.failingSince());
  }

  private static List<ScaleEvent> without(Rescale asked, List<ScaleEvent> events) {
    ScaleEvent event = new ScaleEvent(asked.at(), asked.to() - asked.from());
    List<ScaleEvent> kept = new ArrayList<>(events);
    int last = kept.lastIndexOf(event);
    if (last >= 0) {
      kept.remove(last);
    }
    return kept;
  }
}
