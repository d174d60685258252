package dev.windlass.simulations.prediction;

import dev.windlass.core.forecast.Forecast;
import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replicas that serve some minutes after they were asked for, on a load that a scaler sees minute
 * by minute.
 *
 * @param shortfall replica-hours that were missing
 * @param taken replica-hours that were there
 * @param acted minutes in which a prediction asked for more than the load itself
 */
record PredictedLoad(double shortfall, double taken, int acted) {
  /** Runs a load; the size of each minute is what the rule makes of the minute and its need. */
  static PredictedLoad run(int[] needed, int from, int delay, IntBinaryOperator rule) {
    long missing = 0;
    long taken = 0;
    int acted = 0;
    int[] asked = new int[needed.length];
    for (int minute = 0; minute < needed.length; minute++) {
      asked[minute] = rule.applyAsInt(minute, needed[minute]);
      if (minute >= from) {
        int serving = asked[minute - delay];
        missing += Math.max(0, needed[minute] - serving);
        taken += serving;
        acted += asked[minute] > needed[minute] ? 1 : 0;
      }
    }
    return new PredictedLoad(missing / 60.0, taken / 60.0, acted);
  }

  /** A scaler with this prediction: the forecast is a floor while its backtest lets it count. */
  static IntBinaryOperator predicting(Prediction prediction, int delay) {
    return new IntBinaryOperator() {
      private @Nullable DemandHistory history;
      private @Nullable Backtest backtest;

      @Override
      public int applyAsInt(int minute, int needed) {
        Prediction.Season season = prediction.season();
        DemandHistory seen =
            DemandHistory.observe(
                history,
                season.step(),
                Prediction.SEASONS * season.steps(),
                Instant.EPOCH.plus(Duration.ofMinutes(minute)),
                needed);
        Forecast forecast = Forecast.of(prediction, seen, Duration.ofMinutes(delay), backtest);
        history = seen;
        backtest = forecast.backtest();
        return forecast.counts() ? Math.max(needed, forecast.floor()) : needed;
      }
    };
  }
}
