package dev.windlass.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Backtest;
import dev.windlass.core.model.DemandHistory;
import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.Prediction.Mode;
import dev.windlass.core.model.Prediction.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Duration MINUTES = Duration.ofMinutes(7);
  private static final Prediction ACTING = new Prediction(Mode.ACT, Season.DAY, 10);

  /** A day has 288 steps; the office opens at step 100. */
  private static int office(int i) {
    return i % 288 < 100 ? 2 : Math.max(2, 20 - (i % 288 - 100) / 10);
  }

  private static DemandHistory history(int length, IntUnaryOperator demand) {
    return new DemandHistory(
        Instant.EPOCH, Season.DAY.step(), IntStream.range(0, length).map(demand).toArray(), 0);
  }

  @Test
  void saysNothingWithoutASeasonOfHistory() {
    Forecast early = Forecast.of(ACTING, history(294, ForecastTest::office), MINUTES, null);
    assertThat(early.counts()).isFalse();
    assertThat(early.floor()).isZero();
    assertThat(early.backtest()).isNull();
    assertThat(early.reason()).isEqualTo("the history has 294 of 296 steps");
  }

  @Test
  void showsItsBacktestBeforeThatCoversASeason() {
    Forecast shown = Forecast.of(ACTING, history(400, ForecastTest::office), MINUTES, null);
    assertThat(shown.counts()).isFalse();
    assertThat(shown.backtest()).isNotNull();
    assertThat(shown.reason()).isEqualTo("the backtest covers 105 of 288 steps");
  }

  @Test
  void asksForReplicasBeforeTheOfficeOpens() {
    Forecast forecast =
        Forecast.of(ACTING, history(2 * 288 + 99, ForecastTest::office), MINUTES, null);
    assertThat(forecast.counts()).isTrue();
    assertThat(forecast.floor()).isEqualTo(20);
  }

  @Test
  void onlyObservesInThatMode() {
    Prediction observing = new Prediction(Mode.OBSERVE, Season.DAY, 10);
    Forecast forecast =
        Forecast.of(observing, history(2 * 288 + 99, ForecastTest::office), MINUTES, null);
    assertThat(forecast.counts()).isFalse();
    assertThat(forecast.floor()).isEqualTo(20);
    assertThat(forecast.reason()).isEqualTo("its mode is Observe");
  }

  @Test
  void doesNotCountWhereItWouldNotHaveHelped() {
    Forecast flat = Forecast.of(ACTING, history(800, _ -> 5), MINUTES, null);
    assertThat(flat.counts()).isFalse();
    assertThat(flat.reason()).isEqualTo("the backtest spares less than a tenth of the shortfall");
  }

  @Test
  void doesNotCountWhereItWouldHaveCostTooMuch() {
    Prediction thrifty = new Prediction(Mode.ACT, Season.DAY, 0);
    Forecast dear = Forecast.of(thrifty, history(800, ForecastTest::office), MINUTES, null);
    assertThat(dear.counts()).isFalse();
    assertThat(dear.reason()).contains("above maxExtraPercent 0");
  }

  @Test
  void keepsABacktestThatIsStillOfTheHistory() {
    DemandHistory history = history(800, ForecastTest::office);
    Backtest first = Forecast.of(ACTING, history, MINUTES, null).backtest();
    assertThat(Forecast.of(ACTING, history, MINUTES, first).backtest()).isSameAs(first);
    assertThat(Forecast.of(ACTING, history(801, ForecastTest::office), MINUTES, first).backtest())
        .isNotSameAs(first);
    assertThat(Forecast.of(ACTING, history, Duration.ofMinutes(11), first).backtest())
        .isNotSameAs(first);
  }
}
