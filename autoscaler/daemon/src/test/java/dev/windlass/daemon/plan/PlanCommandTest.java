package dev.windlass.daemon.plan;

import static dev.windlass.daemon.plan.Commands.SHOP;
import static dev.windlass.daemon.plan.Commands.file;
import static dev.windlass.daemon.plan.Commands.plan;
import static dev.windlass.daemon.plan.Commands.run;
import static dev.windlass.daemon.plan.Commands.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.daemon.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PlanCommandTest {

  @Test
  void decidesReplicasNodesAndReasonsFromADump() {
    Commands.Run run = plan(SHOP);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    JsonNode plan = run.json();
    assertThat(plan.path("replicas").path(0).path("current").asInt()).isEqualTo(2);
    assertThat(plan.path("replicas").path(0).path("desired").asInt()).isEqualTo(4);
    assertThat(texts(plan.path("scaleUp"), "nodeGroup")).containsExactly("gpu");
    assertThat(texts(plan.path("placements"), "pod"))
        .containsExactly("ml/train", "shop/web/+1", "shop/web/+2");
    assertThat(plan.path("placements").path(0).path("newNode").asString()).isEqualTo("gpu/1");
    assertThat(texts(plan.path("unhelped"), "pod")).containsExactly("ml/broken", "ml/huge");
    assertThat(texts(plan.path("unhelped").path(1).path("reasons"), "rule"))
        .containsExactly("Taint", "TooLarge");
    assertThat(texts(plan.path("kept"), "node")).containsExactly("node-1", "node-2");
    assertThat(plan.path("hourlyCost").path("before").asDouble()).isEqualTo(0.4);
    assertThat(plan.path("hourlyCost").path("after").asDouble()).isEqualTo(3.9);
  }

  @Test
  void objectsThatAreNotUnderstoodDoNotHideTheRest() {
    JsonNode plan = plan(SHOP).json();

    assertThat(plan.path("unhelped").path(0).path("reasons").path(0).path("rule").asString())
        .isEqualTo(UnhelpedRule.INVALID_SPEC.title());
    assertThat(texts(plan.path("ignored"), "kind")).containsExactly("Service", "Node");
    assertThat(plan.path("ignored").path(0).path("count").asInt()).isEqualTo(2);
    assertThat(plan.path("ignored").path(1).path("reason").asString()).startsWith("odd: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--assume-elapsed", "--repeat=2"})
  void realOutputPassesTheSchema(String option) {
    Commands.Run run = option.isEmpty() ? plan(SHOP) : plan(SHOP, option);

    assertThat(PlanSchema.problems(run.out())).isEmpty();
  }

  @Test
  void sameInputGivesTheSameBytes() {
    assertThat(plan(SHOP).out()).isEqualTo(plan(SHOP).out());
  }

  @Test
  void assumeElapsedRemovesWhatOnlyATimerKept() {
    JsonNode plan = plan(SHOP, "--assume-elapsed").json();

    assertThat(texts(plan.path("scaleDown"), "node")).containsExactly("node-2");
    assertThat(texts(plan.path("scaleDown"), "reason")).containsExactly("Empty");
  }

  @Test
  void repeatAddsTimingAndNothingElse() {
    JsonNode timing = plan(SHOP, "--repeat", "3").json().path("timing");

    double min = timing.path("decideMillis").path("min").asDouble();
    double median = timing.path("decideMillis").path("median").asDouble();
    assertThat(median).isGreaterThanOrEqualTo(min).isPositive();
    assertThat(plan(SHOP).json().has("timing")).isFalse();
  }

  @Test
  void tableNamesWhatHappens() {
    Commands.Run run = run("plan", "--at", Commands.AT, "-f", SHOP);

    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .startsWith("Plan at 2026-01-01T10:00:00Z, $0.40/h now, $3.90/h then\n")
        .contains("Deployment web")
        .contains("ml/train     new gpu/1")
        .contains("1     ml/huge        web    TooLarge")
        .contains("UnneededTimer")
        .contains("Service  2");
  }

  @Test
  void emptyDumpGivesAnEmptyPlan(@TempDir Path folder) throws IOException {
    String namespace = file(folder, "a.yaml", "{apiVersion: v1, kind: Namespace}");

    assertThat(run("plan", "--at", Commands.AT, "-f", namespace).out())
        .isEqualTo("Plan at 2026-01-01T10:00:00Z\n\nNothing to do.\n");
    assertThat(PlanSchema.problems(plan(namespace).out())).isEmpty();
  }

  @Test
  void tellsEveryProblemOfTheInputAtOnce(@TempDir Path folder) throws IOException {
    String bad =
        file(
            folder,
            "bad.yaml",
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: a}
            spec: {minSize: 5, maxSize: 2, nodeSelector: {a: b}}
            ---
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGruop
            ---
            metadata: {name: nameless}
            ---
            {this is: [no yaml
            """);

    Commands.Run run = plan(bad, "-f", folder.resolve("missing").toString());

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("spec.maxSize")
        .contains("NodeGruop")
        .contains("expected a kind")
        .contains("readable YAML")
        .contains("missing")
        .contains("5 problems");
  }

  @Test
  void refusesASecondOfANameAndASecondConfiguration(@TempDir Path folder) throws IOException {
    String group =
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: a}
        spec: {minSize: 0, maxSize: 2, nodeSelector: {a: b}}
        ---
        """;
    String configuration = "{apiVersion: windlass.dev/v1alpha1, kind: Configuration}\n---\n";
    String twice = file(folder, "twice.yaml", group + group + configuration + configuration);

    Commands.Run run = plan(twice);

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("used once")
        .contains("one Configuration")
        .contains("2 problems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--at=yesterday", "--repeat=-1", "-o=xml", "--unknown"})
  void refusesOptionsThatAreNone(String option) {
    Commands.Run run = run("plan", "-f", SHOP, option);

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).isNotEmpty();
  }

  @Test
  void readsAFolderWithConfigurationAndSuppliedMetrics(@TempDir Path folder) throws IOException {
    file(
        folder,
        "scaler.yaml",
        """
        apiVersion: windlass.dev/v1alpha1
        kind: Configuration
        spec: {scaleDown: {enabled: false}}
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: worker, namespace: jobs}
        spec:
          scaleTargetRef: {kind: Deployment, name: worker}
          maxReplicas: 10
          metrics:
          - type: External
            external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "10"}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker, namespace: jobs}
        spec:
          replicas: 1
          selector: {matchLabels: {app: worker}}
          template: {metadata: {labels: {app: worker}}, spec: {containers: [{name: w}]}}
        """);
    Path elsewhere = java.nio.file.Files.createDirectory(folder.resolve("values"));
    String values =
        file(
            elsewhere,
            "values.txt",
            "{kind: MetricValues, items: [{scaler: jobs/worker, metric: queue, value: \"35\"}]}");

    JsonNode without = plan(folder.toString()).json().path("replicas").path(0);
    JsonNode with = plan(folder.toString(), "--metrics", values).json().path("replicas").path(0);

    assertThat(without.path("metrics").path(0).path("error").asString()).contains("NotInDump");
    assertThat(with.path("metrics").path(0).path("proposal").asInt()).isEqualTo(4);
  }

  @Test
  void refusesAWrongMetricsFile(@TempDir Path folder) throws IOException {
    String values =
        file(
            folder,
            "values.yaml",
            "{kind: MetricValues, items: [{scaler: a/b, metric: m, value: lots}, {metric: m}]}");

    Commands.Run run = plan(SHOP, "--metrics", values);

    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("items[0].value").contains("items[1]");
  }

  @Test
  void leavesATargetToTheHorizontalPodAutoscalerThatHasIt(@TempDir Path folder) throws IOException {
    String autoscaler =
        file(
            folder,
            "hpa.yaml",
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: old, namespace: shop}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """);

    JsonNode plan = plan(SHOP, "-f", autoscaler).json();

    assertThat(texts(plan.path("replicas"), "limitedBy")).containsExactly("AmbiguousSelector");
    assertThat(texts(plan.path("replicas"), "desired"))
        .isEqualTo(texts(plan.path("replicas"), "current"));
  }
}
