package dev.windlass.daemon.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DumpMetricsTest {
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        selector: {matchLabels: {app: web}}
        template: {spec: {containers: [{name: web}, {name: proxy}]}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-1, namespace: shop, labels: {app: web}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: other-1, namespace: shop, labels: {app: other}}
      ---
      apiVersion: windlass.dev/v1alpha1
      kind: ReplicaScaler
      metadata: {name: web, namespace: shop}
      spec:
        scaleTargetRef: {kind: Deployment, name: web}
        maxReplicas: 5
        metrics:
        - METRIC
      ---
      """;
  private static final String POD_METRICS =
      """
      apiVersion: metrics.k8s.io/v1beta1
      kind: PodMetrics
      metadata: {name: %s, namespace: shop}
      timestamp: "2026-01-01T09:59:30Z"
      window: 1m5.5s
      containers:
      - {name: web, usage: {cpu: 250m, memory: 1Ki}}
      - {name: proxy, usage: {cpu: 1500000n}}
      ---
      """;

  @TempDir private Path folder;

  private MetricReading reading(String metric, String metrics, String... supplied)
      throws IOException {
    String dump = Commands.file(folder, "dump.yaml", WORKLOAD.replace("METRIC", metric) + metrics);
    String file = supplied.length == 0 ? null : Commands.file(folder, "values.txt", supplied[0]);
    Dump.Outcome outcome =
        DumpReader.read(List.of(dump), file, InputStream.nullInputStream(), Decisions.AT);
    assertThat(outcome).isInstanceOf(Dump.Outcome.Read.class);
    ClusterSnapshot snapshot = ((Dump.Outcome.Read) outcome).dump().snapshot();
    MetricKey first = new MetricKey(new ObjectKey("shop", "web"), 0);
    return requireNonNull(snapshot.scaling().readings().get(first));
  }

  private static String resource(String name) {
    return "{type: Resource, resource: {name: %s, target: {type: AverageValue, averageValue: 1}}}"
        .formatted(name);
  }

  @Test
  void resourceSamplesAreThoseOfTheTargetsPods() throws IOException {
    MetricReading reading =
        reading(resource("cpu"), POD_METRICS.formatted("web-1") + POD_METRICS.formatted("other-1"));

    assertThat(reading)
        .isEqualTo(
            new MetricReading.PodSamples(
                List.of(
                    new PodSample(
                        "web-1",
                        Map.of("web", 250L, "proxy", 2L),
                        Instant.parse("2026-01-01T09:59:30Z"),
                        Duration.ofSeconds(65)))));
  }

  @Test
  void podWithAContainerThatLacksTheResourceHasNoSample() throws IOException {
    MetricReading reading = reading(resource("memory"), POD_METRICS.formatted("web-1"));

    assertThat(((MetricReading.PodSamples) reading).samples().getFirst().milliByContainer())
        .isEmpty();
  }

  @Test
  void containerResourceKeepsTheContainersThatHaveIt() throws IOException {
    MetricReading reading =
        reading(
            "{type: ContainerResource, containerResource: {name: memory, container: web,"
                + " target: {type: AverageValue, averageValue: 1Gi}}}",
            POD_METRICS.formatted("web-1"));

    assertThat(((MetricReading.PodSamples) reading).samples().getFirst().milliByContainer())
        .isEqualTo(Map.of("web", 1_024_000L));
  }

  private static final String CUSTOM =
      """
      apiVersion: custom.metrics.k8s.io/v1beta2
      kind: MetricValueList
      items:
      - describedObject: {kind: Pod, namespace: shop, name: web-1, apiVersion: /v1}
        metric: {name: inflight}
        timestamp: "2026-01-01T09:59:30Z"
        windowSeconds: 30
        value: 1500m
      - describedObject: {kind: Pod, namespace: shop, name: other-1}
        metric: {name: inflight}
        value: "9"
      - {describedObject: {kind: Service, namespace: shop, name: web}, metricName: depth, value: 7}
      - {describedObject: {kind: Service, namespace: shop, name: db}, metric: {name: depth}, value: 99}
      """;

  @Test
  void podsMetricTakesTheTargetsPods() throws IOException {
    MetricReading reading =
        reading(
            "{type: Pods, pods: {metric: {name: inflight}, target: {type: AverageValue,"
                + " averageValue: 1}}}",
            CUSTOM);

    assertThat(reading)
        .isEqualTo(
            new MetricReading.PodSamples(
                List.of(
                    new PodSample(
                        "web-1",
                        Map.of("", 1_500L),
                        Instant.parse("2026-01-01T09:59:30Z"),
                        Duration.ofSeconds(30)))));
  }

  @Test
  void objectMetricTakesItsObject() throws IOException {
    MetricReading reading =
        reading(
            "{type: Object, object: {metric: {name: depth}, describedObject: {apiVersion: v1,"
                + " kind: Service, name: web}, target: {type: Value, value: 1}}}",
            CUSTOM);

    assertThat(reading).isEqualTo(new MetricReading.Values(List.of(7_000L)));
  }

  @Test
  void externalMetricTakesWhatItsSelectorMatches() throws IOException {
    MetricReading reading =
        reading(
            "{type: External, external: {metric: {name: queue, selector: {matchLabels: {q: a}}},"
                + " target: {type: Value, value: 1}}}",
            """
            apiVersion: external.metrics.k8s.io/v1beta1
            kind: ExternalMetricValueList
            items:
            - {metricName: queue, metricLabels: {q: a}, value: "3"}
            - {metricName: queue, metricLabels: {q: a, part: "2"}, value: "4"}
            - {metricName: queue, metricLabels: {q: b}, value: "50"}
            - {metricName: other, metricLabels: {q: a}, value: "60"}
            - {metricName: queue, metricLabels: {q: a}, value: unreadable}
            """);

    assertThat(reading).isEqualTo(new MetricReading.Values(List.of(3_000L, 4_000L)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"cpu", "memory", "nvidia.com/gpu"})
  void metricThatTheDumpLacksSaysSo(String name) throws IOException {
    assertThat(reading(resource(name), ""))
        .isEqualTo(
            new MetricReading.Failure(
                "NotInDump: no value of " + name + "; supply it with --metrics"));
  }

  @Test
  void suppliedValuesComeFirst() throws IOException {
    MetricReading reading =
        reading(
            resource("cpu"),
            POD_METRICS.formatted("web-1"),
            "{kind: MetricValues, items: [{scaler: shop/web, metric: cpu, values: {web-1: 2}}]}");

    assertThat(((MetricReading.PodSamples) reading).samples().getFirst().milliByContainer())
        .isEqualTo(Map.of("", 2_000L));
  }
}
