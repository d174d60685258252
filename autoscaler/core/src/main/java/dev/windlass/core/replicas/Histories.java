package dev.windlass.core.replicas;

import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Foresight;
import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.Rescale;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
          history.metrics(),
          history.foresight());
    }
    boolean left = current == asked.to() && current > 0;
    return new ScalerHistory(
        history.recommendations(),
        history.events(),
        history.scaledToZero() && !left,
        history.lastScaleAt(),
        null,
        history.metrics(),
        history.foresight());
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
        history.metrics(),
        history.foresight());
  }

  /** The same with this knowledge of its metrics. */
  static ScalerHistory withMetrics(ScalerHistory history, Map<Integer, MetricMemory> metrics) {
    return new ScalerHistory(
        history.recommendations(),
        history.events(),
        history.scaledToZero(),
        history.lastScaleAt(),
        history.unconfirmed(),
        metrics,
        history.foresight());
  }

  /** The same with what its prediction knows now. */
  static ScalerHistory withForesight(ScalerHistory history, @Nullable Foresight foresight) {
    return new ScalerHistory(
        history.recommendations(),
        history.events(),
        history.scaledToZero(),
        history.lastScaleAt(),
        history.unconfirmed(),
        history.metrics(),
        foresight);
  }

  /**
   * A memory read from a status. What may have happened since it was written counts as having
   * happened just now: the target's size as a proposal, its difference as a change. So nothing
   * moves earlier than it would have without the restart.
   *
   * @param complete how long what was written counts as complete
   */
  static ScalerHistory resumed(
      RememberedHistory remembered, int current, Instant now, Duration complete) {
    ScalerHistory history = remembered.history();
    Instant at = remembered.at();
    if (at == null || !at.plus(complete).isBefore(now)) {
      return history;
    }
    List<Recommendation> recommendations = new ArrayList<>(history.recommendations());
    recommendations.add(new Recommendation(now, current));
    List<ScaleEvent> events = new ArrayList<>(history.events());
    int change = current - remembered.replicas();
    if (change != 0) {
      events.add(new ScaleEvent(now, change, at));
    }
    return new ScalerHistory(
        recommendations,
        events,
        history.scaledToZero(),
        change == 0 ? history.lastScaleAt() : now,
        null,
        history.metrics(),
        history.foresight());
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
        history.metrics(),
        history.foresight());
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
