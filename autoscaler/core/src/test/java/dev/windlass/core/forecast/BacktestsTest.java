package dev.windlass.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.ForecastModel;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestsTest {
  private static final int SEASON = 12;
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  private static DemandHistory history(int length, IntUnaryOperator demand) {
    return new DemandHistory(
        START, Duration.ofHours(1), IntStream.range(0, length).map(demand).toArray(), 0);
  }

  @Test
  void countsWhatWasMissingWhileReplicasStarted() {
    // Each season brings one jump from 2 to 10; an hour ahead, 8 replica-hours are missing.
    DemandHistory office = history(48, i -> i % SEASON < 6 ? 2 : 10);
    Backtest season = Backtests.of(ForecastModel.SEASON, office, SEASON, 1);
    assertThat(season.steps()).isEqualTo(48 - 1 - 17);
    assertThat(season.reactiveShortfall()).isEqualTo(3 * 8);
    assertThat(season.predictedShortfall()).isZero();
    assertThat(season.extraPercent()).isCloseTo(100.0 * 24 / (13 * 2 + 17 * 10), within(1e-9));
    assertThat(season.helps()).isTrue();
    assertThat(season.until()).isEqualTo(START.plus(Duration.ofDays(2)));
    assertThat(season.horizon()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void flatLoadNeedsNoPrediction() {
    Backtest flat = Backtests.of(ForecastModel.BOTH, history(48, _ -> 4), SEASON, 2);
    assertThat(flat.reactiveShortfall()).isZero();
    assertThat(flat.extraPercent()).isZero();
    assertThat(flat.helps()).isFalse();
  }

  @Test
  void bestIsTheOneThatSparesMostWithinTheCost() {
    DemandHistory office = history(48, i -> i % SEASON < 6 ? 2 : 10);
    assertThat(Backtests.best(office, SEASON, 1, 100).model()).isEqualTo(ForecastModel.SEASON);
  }

  @Test
  void bestIsTheCheapestWhereAllCostTooMuch() {
    DemandHistory office = history(48, i -> i % SEASON < 6 ? 2 : 10);
    Backtest best = Backtests.best(office, SEASON, 1, 0);
    for (ForecastModel model : ForecastModel.values()) {
      assertThat(best.extraPercent())
          .isLessThanOrEqualTo(Backtests.of(model, office, SEASON, 1).extraPercent());
    }
  }

  @Test
  void isOfOneHistoryAndHorizon() {
    Backtest backtest = Backtests.of(ForecastModel.TREND, history(40, i -> i), SEASON, 2);
    assertThat(backtest.isOf(history(40, i -> i), Duration.ofHours(2))).isTrue();
    assertThat(backtest.isOf(history(41, i -> i), Duration.ofHours(2))).isFalse();
    assertThat(backtest.isOf(history(40, i -> i), Duration.ofHours(3))).isFalse();
  }
}
