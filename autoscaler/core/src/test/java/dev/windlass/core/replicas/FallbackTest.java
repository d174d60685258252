package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallback.Kind;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.Cause;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingExtras;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts while a metric has no answer, by the kind of failure. */
class FallbackTest {
  private static final Fallbacks BY_KIND =
      new Fallbacks(
          null,
          new Fallback(Duration.ZERO, 2, Kind.STATIC),
          new Fallback(Duration.ZERO, 8, Kind.STATIC));

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"VALUE, 5", "EMPTY, 2", "ERROR, 8"})
  void eachKindOfFailureHasItsOwn(Cause cause, int desired) {
    assertThat(failing(5, BY_KIND, cause, ScalerHistory.EMPTY).size().desired()).isEqualTo(desired);
  }

  @Test
  void aSourceWithoutAValueIsEmpty() {
    Scenario scenario =
        Scenario.of(5)
            .extras(extras(BY_KIND))
            .metric(Metrics.externalAverage(1000), new MetricReading.Values(List.of()));
    assertThat(scenario.decide().size().desired()).isEqualTo(2);
  }

  @Test
  void aNegativeValueIsNone() {
    Fallbacks ofValue = new Fallbacks(new Fallback(Duration.ZERO, 7, Kind.STATIC), null, null);
    Scenario scenario =
        Scenario.of(5)
            .extras(extras(ofValue))
            .metric(Metrics.externalAverage(1000), new MetricReading.Values(List.of(9_000L, -1L)));
    assertThat(scenario.decide().size().desired()).isEqualTo(7);
  }

  /** The last answer, ten seconds before, asked for nine. */
  @ParameterizedTest(name = "time to live {0} s -> {1}")
  @CsvSource({"10, 9", "9, 5"})
  void theLastValueCountsWhileItIsYoung(long seconds, int desired) {
    Fallbacks last =
        Fallbacks.all(new Fallback(Duration.ZERO, 0, Kind.LAST_VALUE, Duration.ofSeconds(seconds)));
    ScalerHistory answered =
        Scenario.of(5)
            .extras(extras(last))
            .asks(9)
            .plan(NOW.minusSeconds(10))
            .decisions()
            .getFirst()
            .history();
    ScalerHistory unmoved =
        new ScalerHistory(
            answered.recommendations(), List.of(), false, null, null, answered.metrics());
    assertThat(failing(5, last, Cause.ERROR, unmoved).size().desired()).isEqualTo(desired);
  }

  /** Three quarters of the size at the beginning, not of what is left of it in each tick. */
  @Test
  void aShareIsOfTheSizeWhenTheAnswersEnded() {
    Fallbacks share = Fallbacks.all(new Fallback(Duration.ZERO, 75, Kind.PROPORTIONAL));
    int size = 10;
    ScalerHistory history = ScalerHistory.EMPTY;
    for (int tick = 0; tick < 40; tick++) {
      ReplicaDecision decision =
          scenario(size, share, Cause.ERROR)
              .history(history)
              .plan(NOW.plusSeconds(tick * 15L))
              .decisions()
              .getFirst();
      size = decision.size().desired();
      history = decision.history();
    }
    assertThat(size).isEqualTo(8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"HOLD", "LAST_VALUE", "PROPORTIONAL"})
  void nothingGoesToZeroBecauseNobodyAnswers(Kind kind) {
    Fallbacks fallbacks = Fallbacks.all(new Fallback(Duration.ZERO, 0, kind));
    ScalerHistory history =
        new ScalerHistory(
            List.of(),
            List.of(),
            false,
            null,
            null,
            java.util.Map.of(
                0, new ScalerHistory.MetricMemory(new ScalerHistory.Recommendation(NOW, 0), null)));
    assertThat(failing(3, fallbacks, Cause.ERROR, history).size().desired()).isPositive();
  }

  private static ReplicaDecision failing(
      int current, Fallbacks fallbacks, Cause cause, ScalerHistory history) {
    ScalerHistory seen =
        new ScalerHistory(
            List.of(new ScalerHistory.Recommendation(NOW.minusSeconds(36_000), current)),
            List.of(),
            false,
            null,
            null,
            history.metrics());
    return scenario(current, fallbacks, cause).history(seen).decide();
  }

  private static Scenario scenario(int current, Fallbacks fallbacks, Cause cause) {
    return Scenario.of(current)
        .bounds(0, 100)
        .extras(extras(fallbacks))
        .metric(
            Metrics.prometheus(new MetricTarget.AverageValue(1_000)),
            new MetricReading.Failure("no answer", cause));
  }

  private static ScalingExtras extras(Fallbacks fallbacks) {
    return new ScalingExtras(List.of(), fallbacks, null);
  }
}
