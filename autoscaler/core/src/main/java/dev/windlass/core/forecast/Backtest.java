package dev.windlass.core.forecast;

import dev.windlass.core.model.DemandHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a prediction would have done on a scaler's own history, beside what the metrics alone did.
 * Replicas that are asked for at a step serve a horizon later; what is missing then is a shortfall.
 *
 * @param until the end of the history that was replayed
 * @param model the model that was replayed
 * @param horizon how long replicas take until they serve, in whole steps
 * @param steps how many steps were compared
 * @param reactiveShortfall replica-hours missing with the metrics alone
 * @param predictedShortfall replica-hours missing with the prediction as a floor
 * @param extraPercent replica-hours that the prediction would have added, in percent of those that
 *     the metrics alone took
 */
public record Backtest(
    Instant until,
    Model model,
    Duration horizon,
    int steps,
    double reactiveShortfall,
    double predictedShortfall,
    double extraPercent) {
  /**
   * Replays a history.
   *
   * @param season how many steps a season has
   * @param ahead how many steps replicas take until they serve
   */
  static Backtest of(Model model, DemandHistory history, int season, int ahead) {
    int[] demand = history.closed();
    Forecaster forecaster = new Forecaster(demand, season);
    long reactive = 0;
    long predicted = 0;
    long taken = 0;
    long added = 0;
    int first = Forecaster.firstStep(season);
    for (int made = first; made + ahead < demand.length; made++) {
      int needed = demand[made + ahead];
      int alone = demand[made];
      int raised = Math.max(alone, forecaster.highest(model, made, ahead));
      reactive += Math.max(0, needed - alone);
      predicted += Math.max(0, needed - raised);
      taken += alone;
      added += raised - alone;
    }
    double hours = history.step().toSeconds() / 3600.0;
    return new Backtest(
        history.closedUntil(),
        model,
        history.step().multipliedBy(ahead),
        Math.max(0, demand.length - ahead - first),
        reactive * hours,
        predicted * hours,
        taken == 0 ? 0 : 100.0 * added / taken);
  }

  /**
   * Of every model the one that would have spared most within the cost, else the cheapest.
   *
   * @param maxExtraPercent what it may cost
   */
  static Backtest best(DemandHistory history, int season, int ahead, int maxExtraPercent) {
    Backtest best = of(Model.BOTH, history, season, ahead);
    for (Model model : List.of(Model.TREND, Model.SEASON)) {
      Backtest each = of(model, history, season, ahead);
      if (each.beats(best, maxExtraPercent)) {
        best = each;
      }
    }
    return best;
  }

  private boolean beats(Backtest other, int maxExtraPercent) {
    boolean within = extraPercent <= maxExtraPercent;
    if (within != other.extraPercent <= maxExtraPercent) {
      return within;
    }
    return within
        ? predictedShortfall < other.predictedShortfall
        : extraPercent < other.extraPercent;
  }

  /** Whether it is still the one of this history and horizon. */
  boolean isOf(DemandHistory history, int ahead) {
    return until.equals(history.closedUntil())
        && horizon.equals(history.step().multipliedBy(ahead));
  }

  /** Whether a tenth of the shortfall at least would have been spared. */
  boolean helps() {
    return reactiveShortfall > 0 && predictedShortfall <= 0.9 * reactiveShortfall;
  }
}
