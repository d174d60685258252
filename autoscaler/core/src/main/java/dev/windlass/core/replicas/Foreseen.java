package dev.windlass.core.replicas;

import dev.windlass.core.forecast.Forecast;
import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.ScalerHistory.Foresight;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics ask for, raised to what they will ask for when new replicas serve.
 *
 * @param wanted the metrics' answer with the prediction's proposal beside it
 * @param foresight what to remember of it
 */
record Foreseen(MetricSummary.Wanted wanted, Foresight foresight) {
  /**
   * Looks ahead.
   *
   * @param known what was remembered, or null
   * @param leadTime how long a new replica takes until it serves
   */
  static Foreseen of(
      Prediction prediction,
      MetricSummary.Wanted wanted,
      @Nullable Foresight known,
      Duration leadTime,
      Instant now) {
    Prediction.Season season = prediction.season();
    DemandHistory demand =
        DemandHistory.observe(
            known == null ? null : known.demand(),
            season.step(),
            Prediction.SEASONS * season.steps(),
            now,
            wanted.replicas());
    Forecast forecast =
        Forecast.of(prediction, demand, leadTime, known == null ? null : known.backtest());
    return new Foreseen(
        raised(wanted, forecast, season), new Foresight(demand, forecast.backtest()));
  }

  private static MetricSummary.Wanted raised(
      MetricSummary.Wanted wanted, Forecast forecast, Prediction.Season season) {
    List<MetricProposal> proposals = new ArrayList<>(wanted.proposals());
    proposals.add(proposal(forecast, season));
    boolean raises = forecast.counts() && forecast.floor() > wanted.replicas();
    return new MetricSummary.Wanted(
        proposals,
        wanted.memory(),
        raises ? forecast.floor() : wanted.replicas(),
        raises ? "its prediction" : wanted.phrase());
  }

  /** A forecast that does not count is no failure: it proposes nothing, and says why. */
  private static MetricProposal proposal(Forecast forecast, Prediction.Season season) {
    Backtest backtest = forecast.backtest();
    List<String> words = new ArrayList<>();
    if (backtest != null) {
      words.add(backtest.horizon().toMinutes() + " min ahead");
    }
    if (!forecast.counts()) {
      words.add("does not count: " + forecast.reason());
    }
    return new MetricProposal(
        "Prediction",
        season.name().toLowerCase(Locale.ROOT),
        backtest == null ? null : Integer.toString(forecast.floor()),
        String.join(", ", words),
        forecast.counts() ? forecast.floor() : null,
        null);
  }
}
