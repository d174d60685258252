package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.Prediction.Mode;
import dev.windlass.core.model.Prediction.Season;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Foresight;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.ScalingExtras.Pace;
import dev.windlass.core.model.ScalingExtras.Pause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An office opens every day after 100 steps of five minutes; its two earlier days are known. */
class PredictionTest {
  private static final Prediction ACTING = new Prediction(Mode.ACT, Season.DAY, 10);
  private static final int BEFORE_OPENING = 2 * 288 + 100;

  private static int office(int step) {
    int open = step % 288 - 100;
    return open < 0 ? 2 : Math.max(2, 20 - open / 10);
  }

  private static ScalerHistory history(int steps) {
    long step = Season.DAY.step().toSeconds();
    Instant end = Instant.ofEpochSecond(NOW.getEpochSecond() / step * step);
    DemandHistory demand =
        new DemandHistory(
            end.minusSeconds(step * steps),
            Season.DAY.step(),
            IntStream.range(0, steps).map(PredictionTest::office).toArray(),
            0);
    return new ScalerHistory(
        List.of(), List.of(), false, null, null, Map.of(), new Foresight(demand, null));
  }

  private static Scenario scenario(int current, int asked, @Nullable Prediction prediction) {
    return Scenario.of(current)
        .asks(asked)
        .history(history(BEFORE_OPENING))
        .extras(
            new ScalingExtras(
                List.of(),
                Fallbacks.NONE,
                null,
                Pace.USUAL,
                Pause.UNTIL_FURTHER_NOTICE,
                prediction));
  }

  @Test
  void asksForReplicasBeforeTheOfficeOpens() {
    ReplicaDecision decision = scenario(12, 12, ACTING).decide();
    assertThat(decision.size().desired()).isEqualTo(20);
    assertThat(decision.metrics().getLast())
        .isEqualTo(
            new ReplicaDecision.MetricProposal(
                "Prediction", "day", "20", "10 min ahead", 20, null));
    assertThat(decision.verdict().reason()).contains("its prediction");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 24})
  void neverLowersWhatTheMetricsAskFor(int asked) {
    assertThat(scenario(12, asked, ACTING).decide().size().desired()).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({"5, 10, doubling at most", "12, 15, the maximum"})
  void keepsToTheLimitsOfAnyProposal(int current, int desired, String limit) {
    Scenario scenario = scenario(current, current, ACTING);
    assertThat(scenario.bounds(1, 15).decide().size().desired()).as(limit).isEqualTo(desired);
  }

  @Test
  void onlyShowsWhatItWouldDoInObserveMode() {
    ReplicaDecision decision =
        scenario(12, 12, new Prediction(Mode.OBSERVE, Season.DAY, 10)).decide();
    assertThat(decision.size().desired()).isEqualTo(12);
    assertThat(decision.metrics().getLast())
        .isEqualTo(
            new ReplicaDecision.MetricProposal(
                "Prediction",
                "day",
                "20",
                "10 min ahead, does not count: its mode is Observe",
                null,
                null));
    assertThat(Objects.requireNonNull(decision.history().foresight()).backtest()).isNotNull();
  }

  @Test
  void isOffUnlessAskedFor() {
    ReplicaDecision decision = scenario(12, 12, null).decide();
    assertThat(decision.size().desired()).isEqualTo(12);
    assertThat(decision.metrics()).hasSize(1);
    assertThat(decision.history().foresight()).isNull();
  }

  @Test
  void beginsItsHistoryAtTheFirstDecision() {
    ReplicaDecision decision = scenario(12, 7, ACTING).history(ScalerHistory.EMPTY).decide();
    DemandHistory demand = Objects.requireNonNull(decision.history().foresight()).demand();
    assertThat(demand.length()).isZero();
    assertThat(demand.open()).isEqualTo(7);
    assertThat(decision.metrics().getLast())
        .isEqualTo(
            new ReplicaDecision.MetricProposal(
                "Prediction",
                "day",
                null,
                "does not count: the history has 0 of 296 steps",
                null,
                null));
  }
}
