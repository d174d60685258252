package dev.windlass.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.windlass.core.model.ForecastModel;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForecasterTest {
  private static final int SEASON = 12;

  private static Forecaster of(int length, IntUnaryOperator demand) {
    return new Forecaster(IntStream.range(0, length).map(demand).toArray(), SEASON);
  }

  @ParameterizedTest
  @EnumSource(ForecastModel.class)
  void flatLoadStaysFlat(ForecastModel model) {
    assertThat(of(30, _ -> 7).at(model, 29, 3)).isEqualTo(7);
    assertThat(of(30, _ -> 7).highest(model, 29, 3)).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    // The line through 25..30 goes on.
    "TREND,  1, 31",
    "TREND,  4, 34",
    // 18 and 6 became 20 and 8: two more, times a level of 30 / 12, which is held at 2.
    "SEASON, 2, 34",
    "BOTH,   2, 33",
  })
  void tellsARamp(ForecastModel model, int ahead, double expected) {
    assertThat(of(31, i -> i).at(model, 30, ahead)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void seasonSeesAStepThatTheTrendCannotSee() {
    IntUnaryOperator office = i -> i % SEASON < 6 ? 2 : 10;
    assertThat(of(30, office).at(ForecastModel.SEASON, 29, 1)).isEqualTo(10);
    assertThat(of(30, office).at(ForecastModel.TREND, 29, 1)).isEqualTo(2);
  }

  @Test
  void seasonIsHalvedAtMostOnAQuietDay() {
    IntUnaryOperator office = i -> i < 24 ? (i % SEASON < 6 ? 8 : 16) : 1;
    assertThat(of(30, office).at(ForecastModel.SEASON, 29, 1)).isEqualTo(1 + 8 * 0.5);
  }

  @Test
  void seasonOfNothingAddsWhatCame() {
    IntUnaryOperator night = i -> i % SEASON < 6 ? 0 : 5;
    assertThat(of(30, night).at(ForecastModel.SEASON, 29, 1)).isEqualTo(5);
  }

  @Test
  void highestLooksAtEveryStepUpToTheHorizon() {
    IntUnaryOperator peak = i -> i % SEASON == 7 ? 9 : 3;
    Forecaster forecaster = of(30, peak);
    assertThat(forecaster.highest(ForecastModel.SEASON, 29, 1)).isEqualTo(3);
    assertThat(forecaster.highest(ForecastModel.SEASON, 29, 2)).isEqualTo(9);
    assertThat(forecaster.highest(ForecastModel.SEASON, 29, 5)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"31, 4, 34", "31, 5, 35"})
  void wholeReplicasAreRoundedUpButForATenth(int length, int ahead, int expected) {
    assertThat(of(length, i -> i).highest(ForecastModel.TREND, 30, ahead)).isEqualTo(expected);
    // 3 3 3 3 3 4: the line ends at 3.52 and grows by 0.14 a step.
    int[] uneven = IntStream.range(0, 30).map(i -> i == 29 ? 4 : 3).toArray();
    assertThat(new Forecaster(uneven, SEASON).highest(ForecastModel.TREND, 29, 2)).isEqualTo(4);
    assertThat(new Forecaster(uneven, SEASON).highest(ForecastModel.TREND, 29, 5)).isEqualTo(5);
  }

  @Test
  void knowsNothingOfTheFuture() {
    int[] past = IntStream.range(0, 60).map(i -> (i * 31) % 17).toArray();
    int[] other = past.clone();
    Arrays.fill(other, 41, 60, 1000);
    for (ForecastModel model : ForecastModel.values()) {
      for (int ahead = 1; ahead <= SEASON; ahead++) {
        assertThat(new Forecaster(other, SEASON).at(model, 40, ahead))
            .isEqualTo(new Forecaster(past, SEASON).at(model, 40, ahead));
      }
    }
  }
}
