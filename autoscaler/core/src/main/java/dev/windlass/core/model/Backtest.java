package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;

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
    ForecastModel model,
    Duration horizon,
    int steps,
    double reactiveShortfall,
    double predictedShortfall,
    double extraPercent) {
  /** Whether it is still the one of this history and horizon. */
  public boolean isOf(DemandHistory history, Duration ahead) {
    return until.equals(history.closedUntil()) && horizon.equals(ahead);
  }

  /** Whether a tenth of the shortfall at least would have been spared. */
  public boolean helps() {
    return reactiveShortfall > 0 && predictedShortfall <= 0.9 * reactiveShortfall;
  }
}
