package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodScrape;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import dev.windlass.core.model.TargetRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaScalerMappingTest {
  private static final String BASE =
      """
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 10
      """;

  private static Parsed<ReplicaScaler> parse(String spec) {
    return parse(spec, "");
  }

  private static Parsed<ReplicaScaler> parse(String spec, String rest) {
    return Yaml.read(
            ReplicaScalerResource.class,
            "metadata: {name: web, namespace: shop, uid: u1, resourceVersion: '7'}\n"
                + rest
                + "spec:\n"
                + spec.indent(2))
        .then(ReplicaScalerMapping::parse);
  }

  @Test
  void defaultsAreThoseOfAHorizontalPodAutoscaler() {
    ReplicaScaler scaler = Yaml.ok(parse(BASE));
    assertThat(scaler.key()).isEqualTo(new ObjectKey("shop", "web"));
    assertThat(scaler.identity().uid()).isEqualTo("u1");
    assertThat(scaler.target())
        .isEqualTo(new TargetRef("apps/v1", "Deployment", new ObjectKey("shop", "web")));
    assertThat(scaler.bounds()).isEqualTo(new ReplicaScaler.Bounds(1, 10));
    assertThat(scaler.metrics())
        .containsExactly(new MetricSpec.Resource("cpu", new MetricTarget.Utilization(80)));
    assertThat(scaler.settings()).isEqualTo(ReplicaScaler.Settings.USUAL);
  }

  @Test
  void namespaceIsDefaultWhenAFileLeavesItOut() {
    Parsed<ReplicaScaler> parsed =
        Yaml.read(ReplicaScalerResource.class, "metadata: {name: web}\nspec:\n" + BASE.indent(2))
            .then(ReplicaScalerMapping::parse);
    assertThat(Yaml.ok(parsed).key()).isEqualTo(new ObjectKey("default", "web"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: Utilization, averageUtilization: 60} | Utilization[percent=60]",
        "{type: AverageValue, averageValue: 250m} | AverageValue[milli=250]",
        "{type: AverageValue, averageValue: 1Ki} | AverageValue[milli=1024000]",
        "{type: Utilization, averageUtilization: 60, averageValue: 2} | AverageValue[milli=2000]",
      })
  void resourceTargetPrefersTheAverageValue(String target, String expected) {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + "metrics: [{type: Resource, resource: {name: cpu, target: "
                    + target
                    + "}}]"));
    assertThat(scaler.metrics().getFirst().target()).hasToString(expected);
  }

  @Test
  void everyMetricTypeIsRead() {
    List<MetricSpec> metrics =
        Yaml.ok(
                parse(
                    BASE
                        + """
                        metrics:
                          - type: ContainerResource
                            containerResource:
                              name: memory
                              container: app
                              target: {type: Utilization, averageUtilization: 50}
                          - type: Pods
                            pods:
                              metric: {name: rps, selector: {matchLabels: {a: b}}}
                              target: {type: AverageValue, averageValue: 10}
                          - type: Object
                            object:
                              metric: {name: depth}
                              describedObject: {apiVersion: v1, kind: Service, name: s}
                              target: {type: Value, value: 5}
                          - type: External
                            external:
                              metric:
                                name: lag
                                selector:
                                  matchExpressions:
                                    - {key: q, operator: NotIn, values: [x]}
                              target: {type: AverageValue, averageValue: 3}
                        """))
            .metrics();
    LabelSelector labelled = new LabelSelector(Map.of("a", "b"), List.of());
    LabelSelector excluded =
        new LabelSelector(
            Map.of(), List.of(new Requirement("q", Requirement.Operator.NOT_IN, Set.of("x"))));
    assertThat(metrics)
        .containsExactly(
            new MetricSpec.ContainerResource("memory", "app", new MetricTarget.Utilization(50)),
            new MetricSpec.Pods("rps", labelled, new MetricTarget.AverageValue(10_000)),
            new MetricSpec.OfObject(
                "depth",
                LabelSelector.EVERYTHING,
                new TargetRef("v1", "Service", new ObjectKey("shop", "s")),
                new MetricTarget.Value(5_000)),
            new MetricSpec.External("lag", excluded, new MetricTarget.AverageValue(3_000)));
  }

  @Test
  void absentDirectionOfABehaviorHasItsDefault() {
    ScalingBehavior behavior =
        Yaml.ok(parse(BASE + "behavior: {scaleDown: {selectPolicy: Disabled, tolerance: 50m}}"))
            .settings()
            .behavior();
    assertThat(behavior)
        .isEqualTo(
            new ScalingBehavior(
                new Direction(
                    Duration.ZERO,
                    Select.MAX,
                    List.of(
                        new RatePolicy(Unit.PODS, 4, Duration.ofSeconds(15)),
                        new RatePolicy(Unit.PERCENT, 100, Duration.ofSeconds(15))),
                    null),
                new Direction(
                    null,
                    Select.DISABLED,
                    List.of(new RatePolicy(Unit.PERCENT, 100, Duration.ofSeconds(15))),
                    0.05)));
  }

  @Test
  void givenPoliciesReplaceTheDefaultOnes() {
    ScalingBehavior behavior =
        Yaml.ok(
                parse(
                    BASE
                        + """
                        behavior:
                          scaleUp:
                            stabilizationWindowSeconds: 30
                            policies: [{type: Percent, value: 10, periodSeconds: 60}]
                        """))
            .settings()
            .behavior();
    assertThat(behavior)
        .extracting(ScalingBehavior::scaleUp)
        .isEqualTo(
            new Direction(
                Duration.ofSeconds(30),
                Select.MAX,
                List.of(new RatePolicy(Unit.PERCENT, 10, Duration.ofSeconds(60))),
                null));
  }

  @Test
  void memoryIsReadFromTheStatusAndBadTimesAreForgotten() {
    ScalerHistory history =
        Yaml.ok(
                parse(
                    BASE + "compatibility: strict\npaused: true\n",
                    """
                    status:
                      lastScaleTime: "2026-01-01T00:00:00Z"
                      recommendations:
                        - {at: "2026-01-01T00:00:05Z", replicas: 4}
                        - {at: never, replicas: 5}
                      scaleEvents:
                        - {at: "2026-01-01T00:00:00Z", change: -2}
                      conditions:
                        - {type: ScaledToZero, status: "True"}
                    """))
            .settings()
            .remembered()
            .history();
    assertThat(history)
        .isEqualTo(
            new ScalerHistory(
                List.of(new ScalerHistory.Recommendation(Instant.parse("2026-01-01T00:00:05Z"), 4)),
                List.of(new ScalerHistory.ScaleEvent(Instant.parse("2026-01-01T00:00:00Z"), -2)),
                true,
                Instant.parse("2026-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minReplicas: 11 | spec.maxReplicas",
        "tick: 999ms | spec.tick",
        "panic: {percent: 100} | spec.panic.percent",
        "pausedUntil: tomorrow | spec.pausedUntil",
        "fallback: {after: 1m} | spec.fallback.replicas",
        "fallback: {after: 1m, behavior: Proportional} | spec.fallback.percent",
        "fallback: {after: 1m, behavior: LastValue} | spec.fallback.timeToLive",
        "minReplicas: 0 | spec.minReplicas",
        "minReplicas: -1 | spec.minReplicas",
        "minReplica: 2 | spec.minReplica",
        "metrics: [{type: Cron}] | spec.metrics[0].type",
        "metrics: [{type: Pods}] | spec.metrics[0].pods",
        "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}] |"
            + " spec.metrics[0].resource.target",
        "metrics: [{type: Resource, resource: {name: cpu}}] | spec.metrics[0].resource.target",
        "metrics: [{type: External, external: {metric: {name: q}, target: {type: Value, value: 0}}}]"
            + " | spec.metrics[0].external.target.value",
        "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization,"
            + " averageUtilization: 5}}, pods: {metric: {name: a}, target: {type: Value}}}] |"
            + " spec.metrics[0]",
        "metrics: [{type: Prometheus}] | spec.metrics[0].prometheus",
        "metrics: [{type: Prometheus, prometheus: {name: a, serverAddress: ftp://p, query: q,"
            + " target: {type: Value, value: 1}}}] | spec.metrics[0].prometheus.serverAddress",
        "metrics: [{type: Prometheus, prometheus: {name: a, serverAddress: http://u:p@p, query: q,"
            + " target: {type: Value, value: 1}}}] | spec.metrics[0].prometheus.serverAddress",
        "metrics: [{type: Prometheus, prometheus: {name: a, serverAddress: http://p/?a=b, query: q,"
            + " target: {type: Value, value: 1}}}] | spec.metrics[0].prometheus.serverAddress",
        "metrics: [{type: Prometheus, prometheus: {name: a, serverAddress: http://p, query: q,"
            + " timeout: 31s, target: {type: Value, value: 1}}}] |"
            + " spec.metrics[0].prometheus.timeout",
        "metrics: [{type: Prometheus, prometheus: {name: a, serverAddress: http://p, query: q,"
            + " secretName: ../x, target: {type: Value, value: 1}}}] |"
            + " spec.metrics[0].prometheus.secretName",
        "metrics: [{type: PodScrape}] | spec.metrics[0].podScrape",
        "metrics: [{type: PodScrape, podScrape: {metric: {name: a-b}, port: 80,"
            + " target: {type: AverageValue, averageValue: 1}}}] |"
            + " spec.metrics[0].podScrape.metric.name",
        "metrics: [{type: PodScrape, podScrape: {metric: {name: a}, port: 80, path: a@b,"
            + " target: {type: AverageValue, averageValue: 1}}}] |"
            + " spec.metrics[0].podScrape.path",
        "metrics: [{type: PodScrape, podScrape: {metric: {name: a}, port: 80,"
            + " target: {type: Value, value: 1}}}] |"
            + " spec.metrics[0].podScrape.target.averageValue",
        "behavior: {scaleUp: {policies: []}} | spec.behavior.scaleUp.policies",
        "behavior: {scaleUp: {stabilizationWindowSeconds: 3601}} |"
            + " spec.behavior.scaleUp.stabilizationWindowSeconds",
        "behavior: {scaleUp: {tolerance: -1}} | spec.behavior.scaleUp.tolerance",
        "behavior: {scaleDown: {policies: [{type: Pods, value: 1, periodSeconds: 1801}]}} |"
            + " spec.behavior.scaleDown.policies[0].periodSeconds",
        "compatibility: loose | spec.compatibility",
        "warmUp: 5 | spec.warmUp",
        "fallback: {replicas: 2} | spec.fallback.after",
        "fallback: {after: 1m, replicas: -2} | spec.fallback.replicas",
        "fallback: {after: 1m, replicas: 2, behavior: Sometimes} | spec.fallback.behavior",
        "metrics: [{type: Schedule}] | spec.metrics[0].schedule",
        "metrics: [{type: Schedule, schedule: {name: a, start: never, end: 0 1 * * *, replicas: 1}}]"
            + " | spec.metrics[0].schedule.start",
        "metrics: [{type: Schedule, schedule: {name: a, timeZone: Mars, start: 0 0 * * *,"
            + " end: 0 1 * * *, replicas: 1}}] | spec.metrics[0].schedule.timeZone",
        "metrics: [{type: Schedule, schedule: {name: a, start: 0 0 * * *, end: 0 1 * * *,"
            + " replicas: 11}}] | spec.metrics[0].schedule.replicas",
      })
  void badFieldIsNamed(String line, String field) {
    assertThat(Yaml.fields(parse(BASE + line))).containsExactly(field);
  }

  @Test
  void sourcesOfOurOwnHaveTheirDefaults() {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + """
                    minReplicas: 0
                    metrics:
                      - type: Prometheus
                        prometheus:
                          name: waiting
                          serverAddress: https://prometheus.monitoring.svc:9090/base
                          query: sum(waiting)
                          target: {type: AverageValue, averageValue: 4}
                      - type: PodScrape
                        podScrape:
                          metric: {name: "vllm:waiting"}
                          port: 8000
                          target: {type: AverageValue, averageValue: 2}
                    """));
    assertThat(scaler.metrics())
        .containsExactly(
            new MetricSpec.Prometheus(
                "waiting",
                new PrometheusQuery(
                    "https://prometheus.monitoring.svc:9090/base",
                    "sum(waiting)",
                    null,
                    Duration.ofSeconds(5)),
                new MetricTarget.AverageValue(4_000)),
            new MetricSpec.Scraped(
                "vllm:waiting",
                LabelSelector.EVERYTHING,
                new PodScrape(8000, "/metrics", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM),
                new MetricTarget.AverageValue(2_000)));
  }

  @Test
  void zeroIsAllowedBesideAMetricThatNeedsNoPods() {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + """
                    minReplicas: 0
                    metrics:
                      - type: External
                        external:
                          metric: {name: q}
                          target: {type: AverageValue, averageValue: 1}
                    """));
    assertThat(scaler.bounds().min()).isZero();
  }
}
