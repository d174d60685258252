package dev.windlass.daemon.resource;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.ForecastModel;
import dev.windlass.core.model.ScalerHistory.Foresight;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a prediction knows, as a status holds it, both ways. */
public final class ForesightMapping {
  private ForesightMapping() {}

  /**
   * What a status knows; null where it says nothing that can be read. The backtest is for people:
   * it is made anew from the demand.
   */
  static @Nullable Foresight parse(ReplicaScalerStatus.@Nullable Foresight status) {
    if (status == null || status.stepSeconds() <= 0) {
      return null;
    }
    Optional<Instant> start = KubernetesSyntax.time(status.start());
    Optional<int[]> demand =
        status.demand() == null ? Optional.empty() : DemandText.parse(status.demand());
    if (start.isEmpty() || demand.isEmpty()) {
      return null;
    }
    return new Foresight(
        new DemandHistory(start.get(), Duration.ofSeconds(status.stepSeconds()), demand.get(), 0),
        null);
  }

  /** The field of a status that holds it; null removes what is there. */
  static @Nullable Map<String, Object> written(@Nullable Foresight foresight) {
    if (foresight == null) {
      return null;
    }
    DemandHistory demand = foresight.demand();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("start", demand.start().toString());
    fields.put("stepSeconds", demand.step().toSeconds());
    fields.put("demand", DemandText.of(demand.closed()));
    fields.put("backtest", foresight.backtest() == null ? null : written(foresight.backtest()));
    return fields;
  }

  private static Map<String, Object> written(Backtest backtest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", name(backtest.model()));
    fields.put("horizonSeconds", backtest.horizon().toSeconds());
    fields.put("steps", backtest.steps());
    fields.put("reactiveShortfallHours", rounded(backtest.reactiveShortfall()));
    fields.put("predictedShortfallHours", rounded(backtest.predictedShortfall()));
    fields.put("extraPercent", rounded(backtest.extraPercent()));
    return fields;
  }

  private static String name(ForecastModel model) {
    return switch (model) {
      case TREND -> "Trend";
      case SEASON -> "Season";
      case BOTH -> "Both";
    };
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** Whether a status holds every step that is over. */
  public static boolean isCurrent(
      ReplicaScalerStatus.@Nullable Foresight status, @Nullable Foresight foresight) {
    Foresight written = parse(status);
    if (written == null || foresight == null) {
      return written == null && foresight == null;
    }
    return written.demand().closedUntil().equals(foresight.demand().closedUntil());
  }
}
