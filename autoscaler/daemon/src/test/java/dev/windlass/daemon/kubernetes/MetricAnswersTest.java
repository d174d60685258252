package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricAnswersTest {
  private static final MetricAnswers.Part VALUES =
      new MetricAnswers.Part(MetricAnswers.Shape.VALUES, "");

  @Test
  void readsUsageOfEachContainerInThousandths() {
    MetricReading reading =
        MetricAnswers.read(
            MetricRequest.Api.RESOURCE,
            new MetricAnswers.Part(MetricAnswers.Shape.EVERY_CONTAINER, "cpu"),
            """
            {"items": [
              {"metadata": {"name": "p1"}, "timestamp": "2026-01-01T00:00:00Z", "window": "15s",
               "containers": [{"name": "a", "usage": {"cpu": "250m", "memory": "1Mi"}},
                              {"name": "b", "usage": {"cpu": "1500000000n"}}]},
              {"metadata": {"name": "p2"}, "timestamp": "2026-01-01T00:00:00Z", "window": "15s",
               "containers": [{"name": "a", "usage": {"memory": "1Mi"}}]},
              {"metadata": {"name": "p3"}, "timestamp": "yesterday", "window": "15s",
               "containers": [{"name": "a", "usage": {"cpu": "1"}}]}]}
            """);

    List<MetricReading.PodSample> samples = ((MetricReading.PodSamples) reading).samples();
    assertThat(samples)
        .hasSize(2)
        .first()
        .satisfies(sample -> {
          assertThat(sample.pod()).isEqualTo("p1");
          assertThat(sample.milliByContainer()).isEqualTo(Map.of("a", 250L, "b", 1_500L));
          assertThat(sample.window()).isEqualTo(Duration.ofSeconds(15));
        });
  }

  @ParameterizedTest
  @CsvSource({"EVERY_CONTAINER, 0", "ANY_CONTAINER, 1"})
  void takesNoSumWhereAContainerLacksTheResource(MetricAnswers.Shape shape, int containers) {
    MetricReading reading =
        MetricAnswers.read(
            MetricRequest.Api.RESOURCE,
            new MetricAnswers.Part(shape, "cpu"),
            """
            {"items": [
              {"metadata": {"name": "p1"}, "timestamp": "2026-01-01T00:00:00Z", "window": "15s",
               "containers": [{"name": "a", "usage": {"cpu": "250m"}},
                              {"name": "b", "usage": {"memory": "1Mi"}}]}]}
            """);

    assertThat(((MetricReading.PodSamples) reading).samples())
        .singleElement()
        .satisfies(sample -> assertThat(sample.milliByContainer()).hasSize(containers));
  }

  @Test
  void readsCustomMetricsOfPodsUnderTheEmptyContainer() {
    MetricReading reading =
        MetricAnswers.read(
            MetricRequest.Api.CUSTOM,
            new MetricAnswers.Part(MetricAnswers.Shape.PODS, ""),
            """
            {"items": [{"describedObject": {"kind": "Pod", "name": "p1"},
                        "timestamp": "2026-01-01T00:00:00Z", "value": "1500m"}]}
            """);

    assertThat(((MetricReading.PodSamples) reading).samples())
        .singleElement()
        .satisfies(sample -> assertThat(sample.milliByContainer()).isEqualTo(Map.of("", 1_500L)));
  }

  @Test
  void readsAllValuesOfObjectAndExternalMetrics() {
    String answer =
        """
        {"items": [{"value": "3"}, {"value": "2k"}]}
        """;
    for (MetricRequest.Api api : List.of(MetricRequest.Api.CUSTOM, MetricRequest.Api.EXTERNAL)) {
      assertThat(MetricAnswers.read(api, VALUES, answer))
          .isEqualTo(new MetricReading.Values(List.of(3_000L, 2_000_000L)));
    }
  }

  /** The sum of the others would be less than there is. */
  @Test
  void oneValueThatIsNoneFails() {
    String answer =
        """
        {"items": [{"value": "3"}, {"value": "NaN"}]}
        """;
    assertThat(MetricAnswers.read(MetricRequest.Api.EXTERNAL, VALUES, answer))
        .isEqualTo(
            new MetricReading.Failure("NotANumber: a value is 'NaN'", MetricReading.Cause.VALUE));
  }

  @Test
  void failsOnWhatIsNoList() {
    for (String answer : List.of("<html>", "{}", "[]", "{\"items\": 3}")) {
      assertThat(MetricAnswers.read(MetricRequest.Api.EXTERNAL, VALUES, answer))
          .as(answer)
          .isInstanceOf(MetricReading.Failure.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "15s, PT15S",
    "1m0s, PT1M",
    "1m0.5s, PT1M0.5S",
    "1h2m3s, PT1H2M3S",
    "500ms, PT0.5S",
    "nonsense, PT1M"
  })
  void readsDurationsAsGoWritesThem(String text, Duration expected) {
    assertThat(MetricAnswers.window(text)).isEqualTo(expected);
  }
}
