package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prometheus queries and scraped pods count as metrics from outside and of pods do. */
class OwnSourcesTest {
  private static final MetricReading FAILURE = new MetricReading.Failure("TimedOut: no answer");

  @Test
  void aPrometheusMetricWakesItsTargetAndAScrapedOneCannot() {
    ReplicaDecision prometheus =
        Scenario.of(0)
            .bounds(0, 10)
            .pods(List.of())
            .metric(
                Metrics.prometheus(new MetricTarget.AverageValue(1_000)), Metrics.values(2_500L))
            .decide();
    ReplicaDecision scraped =
        Scenario.of(1).bounds(0, 10).metric(Metrics.scraped(1_000), FAILURE).decide();

    assertThat(prometheus.size()).isEqualTo(new Size(0, 3));
    assertThat(scraped.size()).isEqualTo(new Size(1, 1));
    assertThat(scraped.metrics().getFirst().error())
        .isEqualTo("FailedGetPodScrapeMetric: TimedOut: no answer");
  }

  @Test
  void bothHaveAFallback() {
    ScalingExtras extras =
        new ScalingExtras(
            List.of(),
            Fallbacks.all(new Fallback(Duration.ofMinutes(3), 6, Fallback.Kind.STATIC)),
            null);
    Scenario scenario =
        Scenario.of(4)
            .extras(extras)
            .metric(Metrics.prometheus(new MetricTarget.AverageValue(1_000)), FAILURE)
            .metric(Metrics.scraped(1_000), FAILURE);

    ReplicaDecision first = scenario.plan(NOW.minusSeconds(200)).decisions().getFirst();
    assertThat(first.size().desired()).isEqualTo(4);
    assertThat(scenario.history(first.history()).decide().size().desired()).isEqualTo(6);
  }
}
