package dev.windlass.core.forecast;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.ForecastModel;
import java.util.List;

/** Replays forecasts on what was asked for before. */
final class Backtests {
  private Backtests() {}

  /**
   * Replays a history.
   *
   * @param season how many steps a season has
   * @param ahead how many steps replicas take until they serve
   */
  static Backtest of(ForecastModel model, DemandHistory history, int season, int ahead) {
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
    Backtest best = of(ForecastModel.BOTH, history, season, ahead);
    for (ForecastModel model : List.of(ForecastModel.TREND, ForecastModel.SEASON)) {
      Backtest each = of(model, history, season, ahead);
      if (beats(each, best, maxExtraPercent)) {
        best = each;
      }
    }
    return best;
  }

  private static boolean beats(Backtest each, Backtest best, int maxExtraPercent) {
    boolean within = each.extraPercent() <= maxExtraPercent;
    if (within != best.extraPercent() <= maxExtraPercent) {
      return within;
    }
    return within
        ? each.predictedShortfall() < best.predictedShortfall()
        : each.extraPercent() < best.extraPercent();
  }
}
