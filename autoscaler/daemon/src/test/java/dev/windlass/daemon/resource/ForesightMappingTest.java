package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.ForecastModel;
import dev.windlass.core.model.ScalerHistory.Foresight;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForesightMappingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final DemandHistory DEMAND =
      new DemandHistory(NOON, Duration.ofMinutes(5), new int[] {3, 5, 4}, 9);

  private static ReplicaScalerStatus.Foresight status(Foresight foresight) {
    DemandHistory demand = foresight.demand();
    return new ReplicaScalerStatus.Foresight(
        demand.start().toString(),
        (int) demand.step().toSeconds(),
        DemandText.of(demand.closed()),
        null);
  }

  @Test
  void stepsThatAreOverSurviveARestart() {
    Foresight read = ForesightMapping.parse(status(new Foresight(DEMAND, null)));
    assertThat(read)
        .isEqualTo(
            new Foresight(
                new DemandHistory(NOON, Duration.ofMinutes(5), new int[] {3, 5, 4}, 0), null));
  }

  @Test
  void writesWhatItReads() {
    assertThat(ForesightMapping.written(new Foresight(DEMAND, null)))
        .containsEntry("start", "2026-11-22T12:00:00Z")
        .containsEntry("stepSeconds", 300L)
        .containsEntry("demand", DemandText.of(new int[] {3, 5, 4}))
        .containsEntry("backtest", null);
  }

  @Test
  void backtestIsWrittenForPeople() {
    Backtest backtest =
        new Backtest(
            DEMAND.closedUntil(),
            ForecastModel.BOTH,
            Duration.ofMinutes(10),
            300,
            12.34,
            5.67,
            3.21);
    assertThat(ForesightMapping.written(new Foresight(DEMAND, backtest)))
        .containsEntry(
            "backtest",
            Map.of(
                "model",
                "Both",
                "horizonSeconds",
                600L,
                "steps",
                300,
                "reactiveShortfallHours",
                12.3,
                "predictedShortfallHours",
                5.7,
                "extraPercent",
                3.2));
  }

  @Test
  void isCurrentUntilAStepEnds() {
    Foresight known = new Foresight(DEMAND, null);
    assertThat(ForesightMapping.isCurrent(status(known), known)).isTrue();
    Foresight later =
        new Foresight(
            DemandHistory.observe(DEMAND, DEMAND.step(), 864, NOON.plusSeconds(1200), 2), null);
    assertThat(ForesightMapping.isCurrent(status(known), later)).isFalse();
    assertThat(ForesightMapping.isCurrent(null, null)).isTrue();
    assertThat(ForesightMapping.isCurrent(null, known)).isFalse();
    assertThat(ForesightMapping.isCurrent(status(known), null)).isFalse();
  }

  @Test
  void forgetsWhatCannotBeRead() {
    assertThat(ForesightMapping.parse(null)).isNull();
    assertThat(
            ForesightMapping.parse(
                new ReplicaScalerStatus.Foresight("yesterday", 300, "AA==", null)))
        .isNull();
    assertThat(
            ForesightMapping.parse(
                new ReplicaScalerStatus.Foresight(NOON.toString(), 0, "AA==", null)))
        .isNull();
    assertThat(
            ForesightMapping.parse(
                new ReplicaScalerStatus.Foresight(NOON.toString(), 300, "??", null)))
        .isNull();
  }
}
