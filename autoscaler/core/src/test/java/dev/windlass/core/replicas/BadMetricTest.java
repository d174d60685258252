package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.Cause;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A metric without a usable answer: its error is told, nothing shrinks, the others go on. */
class BadMetricTest {
  @ParameterizedTest
  @EnumSource(Cause.class)
  void nothingGoesToZeroByAccident(Cause cause) {
    ReplicaDecision decision =
        Scenario.of(5).bounds(0, 100).metric(prometheus(), failure(cause)).decide();

    assertThat(decision.size()).isEqualTo(new Size(5, 5));
    assertThat(decision.metrics().getFirst().error())
        .isEqualTo("FailedGetPrometheusMetric: NotANumber: the value is NaN");
  }

  @ParameterizedTest(name = "another metric asks for {0} -> {1}")
  @CsvSource({"9, 9", "5, 5", "1, 5", "0, 5"})
  void theTargetGrowsByTheOthersAndDoesNotShrink(int asked, int desired) {
    ReplicaDecision decision =
        Scenario.of(5)
            .bounds(0, 100)
            .metric(prometheus(), failure(Cause.VALUE))
            .asks(asked)
            .decide();

    assertThat(decision.size().desired()).isEqualTo(desired);
  }

  @ParameterizedTest(name = "external values {0} -> {1}")
  @CsvSource({"-1, 5", "0, 0", "9000, 9"})
  void aNegativeValueIsAnErrorAndNoZero(long milli, int desired) {
    ReplicaDecision decision =
        Scenario.of(5)
            .bounds(0, 100)
            .metric(Metrics.externalAverage(1000), new MetricReading.Values(List.of(milli)))
            .decide();

    assertThat(decision.size().desired()).isEqualTo(desired);
  }

  private static MetricSpec prometheus() {
    return Metrics.prometheus(new MetricTarget.AverageValue(1_000));
  }

  private static MetricReading failure(Cause cause) {
    return new MetricReading.Failure("NotANumber: the value is NaN", cause);
  }
}
