package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Replicas from a dump alone: a Deployment of two ready pods that each ask for one core. */
class PlanReplicasTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %s
        namespace: shop
        labels: {app: web}
      spec:
        nodeName: n
        priority: 0
        containers: [{name: web, resources: {requests: {cpu: "1", memory: 1Gi}}}]
      status:
        phase: Running
        startTime: "2026-01-01T08:00:00Z"
        conditions:
        - {type: Ready, status: "True", lastTransitionTime: "2026-01-01T08:00:10Z"}
      ---
      apiVersion: metrics.k8s.io/v1beta1
      kind: PodMetrics
      metadata: {name: %1$s, namespace: shop}
      timestamp: "2026-01-01T09:59:40Z"
      window: 30s
      containers: [{name: web, usage: {cpu: 1500m, memory: 512Mi}}]
      ---
      """;
  private static final String DUMP =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop, uid: u}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, resources: {requests: {cpu: "1"}}}]}
      status: {replicas: 2}
      ---
      """
          + POD.formatted("web-1")
          + POD.formatted("web-2")
          + """
          apiVersion: custom.metrics.k8s.io/v1beta2
          kind: MetricValueList
          items:
          - {describedObject: {kind: Pod, namespace: shop, name: web-1}, metric: {name: inflight},
             timestamp: "2026-01-01T09:59:40Z", value: "30"}
          - {describedObject: {kind: Pod, namespace: shop, name: web-2}, metric: {name: inflight},
             timestamp: "2026-01-01T09:59:40Z", value: "10"}
          - {describedObject: {apiVersion: v1, kind: Service, namespace: shop, name: web},
             metric: {name: depth}, timestamp: "2026-01-01T09:59:40Z", value: "50"}
          ---
          apiVersion: external.metrics.k8s.io/v1beta1
          kind: ExternalMetricValueList
          items:
          - {metricName: orders, metricLabels: {}, timestamp: "2026-01-01T09:59:40Z", value: "70"}
          ---
          apiVersion: windlass.dev/v1alpha1
          kind: ReplicaScaler
          metadata: {name: web, namespace: shop}
          spec:
            scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
            maxReplicas: 20
            METRICS
          STATUS
          """;

  private static final String ORDERS =
      "{metric: {name: orders}, target: {type: AverageValue, averageValue: '20'}}";

  @TempDir private Path folder;

  private JsonNode replicas(String metrics, String status, String... more) throws IOException {
    String text = DUMP.replace("METRICS", metrics).replace("STATUS", status);
    JsonNode plan = Commands.plan(Commands.file(folder, "dump.yaml", text), more).json();
    return plan.path("replicas").path(0);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}           | Resource          | 4
          resource: {name: cpu, target: {type: AverageValue, averageValue: '1'}}               | Resource          | 3
          containerResource: {name: cpu, container: web, target: {type: Utilization, averageUtilization: 75}} | ContainerResource | 4
          pods: {metric: {name: inflight}, target: {type: AverageValue, averageValue: '10'}}    | Pods              | 4
          object: {metric: {name: depth}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: Value, value: '25'}} | Object | 4
          object: {metric: {name: depth}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: AverageValue, averageValue: '20'}} | Object | 3
          external: {metric: {name: orders}, target: {type: AverageValue, averageValue: '20'}}  | External          | 4
          """)
  void everyMetricOfADumpProposesASize(String metric, String type, int desired) throws IOException {
    JsonNode scaler = replicas("metrics: [{type: " + type + ", " + metric + "}]", "");

    assertThat(scaler.path("metrics").path(0).path("error").isMissingNode())
        .as(scaler.toString())
        .isTrue();
    assertThat(scaler.path("desired").asInt()).as(scaler.toString()).isEqualTo(desired);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Prometheus | prometheus: {name: lag, serverAddress: http://p, query: lag, target: {type: AverageValue, averageValue: '20'}} | value: '70' | 4
          Prometheus | prometheus: {name: lag, serverAddress: http://p, query: lag, target: {type: Value, value: '20'}} | value: '30' | 3
          PodScrape  | podScrape: {metric: {name: lag}, port: 80, target: {type: AverageValue, averageValue: '10'}} | values: {web-1: '15', web-2: '25'} | 4
          """)
  void metricThatADumpCannotHoldIsSupplied(String type, String metric, String given, int desired)
      throws IOException {
    String values = "{kind: MetricValues, items: [{scaler: shop/web, metric: lag, " + given + "}]}";

    JsonNode scaler =
        replicas(
            "metrics: [{type: " + type + ", " + metric + "}]",
            "",
            "--metrics",
            Commands.file(folder, "values.txt", values));

    assertThat(scaler.path("desired").asInt()).as(scaler.toString()).isEqualTo(desired);
  }

  @Test
  void unsuppliedMetricKeepsTheSizeAndSaysHowToSupplyIt() throws IOException {
    JsonNode scaler =
        replicas(
            "metrics: [{type: PodScrape, podScrape: {metric: {name: lag}, port: 80,"
                + " target: {type: AverageValue, averageValue: '10'}}}]",
            "");

    assertThat(scaler.path("desired").asInt()).isEqualTo(2);
    assertThat(scaler.path("metrics").path(0).path("error").asString())
        .contains("NotInDump")
        .contains("--metrics");
  }

  @ParameterizedTest(name = "a proposal of {1} replicas {0} ago")
  @CsvSource({"none, 0, 2", "PT4M, 1, 1", "PT4M, 2, 2", "PT6M, 2, 1"})
  void historyInTheStatusHoldsOrLetsGo(String age, int replicas, int desired) throws IOException {
    String status =
        age.equals("none")
            ? ""
            : """
            status:
              currentReplicas: 2
              recommendations: [{at: "%s", replicas: %d}, {at: "2026-01-01T09:59:59Z", replicas: 1}]
            """
                .formatted(Instant.parse(Commands.AT).minus(Duration.parse(age)), replicas);

    JsonNode scaler =
        replicas(
            "metrics: [{type: External, external: {metric: {name: orders},"
                + " target: {type: AverageValue, averageValue: '70'}}}]",
            status);

    assertThat(scaler.path("desired").asInt()).as(scaler.toString()).isEqualTo(desired);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {replicas: 2, selector: {matchLabels: {app: web}}}",
        "spec: {replicas: 2}, status: {replicas: 2, selector: app=web}"
      })
  void targetOfAnotherKindIsFoundByItsLayout(String fields) throws IOException {
    String rollout =
        "{apiVersion: argoproj.io/v1alpha1, kind: Rollout,"
            + " metadata: {name: web, namespace: shop}, %s}\n".formatted(fields);
    String text =
        rollout
            + DUMP.substring(DUMP.indexOf("---"))
                .replace("apps/v1, kind: Deployment", "argoproj.io/v1alpha1, kind: Rollout")
                .replace("METRICS", "metrics: [{type: External, external: " + ORDERS + "}]")
                .replace("STATUS", "");

    JsonNode scaler =
        Commands.plan(Commands.file(folder, "dump.yaml", text)).json().path("replicas").path(0);

    assertThat(scaler.path("desired").asInt()).as(scaler.toString()).isEqualTo(4);
  }
}
