package dev.windlass.core.forecast;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.Prediction;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a scaler's prediction says.
 *
 * @param floor the replicas that it asks for at least; 0 where it can't tell
 * @param counts whether they count; otherwise they are only shown
 * @param backtest what it would have done on the scaler's history, or null while that is too short
 * @param reason one sentence: why it counts or doesn't
 */
public record Forecast(int floor, boolean counts, @Nullable Backtest backtest, String reason) {
  /** No horizon is longer than this many steps. */
  private static final int MOST_AHEAD = 24;

  /**
   * Looks ahead.
   *
   * @param history what the metrics asked for
   * @param horizon how long a new replica of the workload takes until it serves
   * @param known the last backtest; taken as it is while no step has ended since, or null
   */
  public static Forecast of(
      Prediction prediction, DemandHistory history, Duration horizon, @Nullable Backtest known) {
    int season = prediction.season().steps();
    int ahead = steps(horizon, prediction.season().step());
    int needed = Forecaster.firstStep(season) + ahead + 1;
    if (history.length() < needed) {
      return new Forecast(
          0, false, null, "the history has " + history.length() + " of " + needed + " steps");
    }
    Backtest backtest =
        known != null && known.isOf(history, history.step().multipliedBy(ahead))
            ? known
            : Backtests.best(history, season, ahead, prediction.maxExtraPercent());
    int floor =
        new Forecaster(history.closed(), season)
            .highest(backtest.model(), history.length() - 1, ahead);
    String objection = objection(prediction, backtest);
    return new Forecast(
        floor,
        objection.isEmpty(),
        backtest,
        objection.isEmpty() ? "its backtest spares shortfall within its cost" : objection);
  }

  private static int steps(Duration horizon, Duration step) {
    return Math.clamp(-Math.floorDiv(-horizon.toMillis(), step.toMillis()), 1, MOST_AHEAD);
  }

  /** Why the prediction does not count, or empty. */
  private static String objection(Prediction prediction, Backtest backtest) {
    if (backtest.steps() < prediction.season().steps()) {
      return "the backtest covers %d of %d steps"
          .formatted(backtest.steps(), prediction.season().steps());
    }
    if (!backtest.helps()) {
      return "the backtest spares less than a tenth of the shortfall";
    }
    if (backtest.extraPercent() > prediction.maxExtraPercent()) {
      return String.format(
          Locale.ROOT,
          "the backtest costs %.1f percent more replica-hours, above maxExtraPercent %d",
          backtest.extraPercent(),
          prediction.maxExtraPercent());
    }
    return prediction.mode() == Prediction.Mode.OBSERVE ? "its mode is Observe" : "";
  }
}
