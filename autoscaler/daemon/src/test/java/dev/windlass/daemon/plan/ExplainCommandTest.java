package dev.windlass.daemon.plan;

import static dev.windlass.daemon.plan.Commands.SHOP;
import static dev.windlass.daemon.plan.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.plan.Explanation.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "pod, ml/train, NodeComing",
    "pod, ml/huge, Taint",
    "pod, shop/web-1, Bound",
    "pod, shop/web/+1, FitsExistingNode",
    "pod, ml/broken, InvalidSpec",
    "pod, shop/absent, NotFound",
    "node, node-1, CountedOn",
    "node, node-2, UnneededTimer",
    "node, node-9, NotFound",
    "scaler, shop/web, Recommended",
    "scaler, shop/absent, NotFound",
  })
  void saysWhyFromADump(String kind, String name, String code) {
    Commands.Run run = run("explain", kind, name, "-f", SHOP, "--at", Commands.AT, "-o", "json");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.json().path("kind").asString()).isEqualTo("Explanation");
    assertThat(run.json().path("code").asString()).isEqualTo(code);
    assertThat(run.json().path("title").asString()).isNotBlank();
  }

  @Test
  void textHasSentenceEvidenceAndRemedy() {
    Commands.Run run = run("explain", "pod", "ml/huge", "-f", SHOP, "--at", Commands.AT);

    assertThat(run.out())
        .startsWith("pod ml/huge: It stays pending: no node group helps it.\n")
        .contains("Node group  Rule      What it said")
        .contains("web         TooLarge  ")
        .contains("What to do: TooLarge: Lower the pod's requests");
  }

  @ParameterizedTest(name = "{0} {1} in a full decision: {2}")
  @CsvSource({
    "node, node-3, Underutilized, shop/moved",
    "node, node-2, DisruptionBudget, shop/guarded",
    "node, gpu-1, Driver, 2026-01-01T10:15:00Z",
    "node, gpu-2, DriverTimedOut, driver pod's log",
    "pod, shop/moved, Underutilized, node-1",
    "pod, shop/web-9, NodeComing, from 1 to 3",
    "scaler, shop/web, ScaleUpLimit, behavior.scaleUp",
  })
  void everyKindOfReasonBecomesASentence(String kind, String name, String code, String words) {
    Subject subject = Subject.parse(kind, name).orElseThrow();
    Explanation explanation = Explainer.explain(subject, withMovedPod(), Decisions.full());

    assertThat(explanation.code()).isEqualTo(code);
    assertThat(ExplanationText.render(explanation.json())).contains(words);
  }

  private static ClusterSnapshot withMovedPod() {
    Pod moved =
        new Pod(
            Decisions.pod("moved"),
            new PodMetadata(Identity.NONE, Map.of(), Map.of(), null, Decisions.AT, null),
            PodSpec.of(Resources.NONE, PodPlacementRules.ANYWHERE),
            PodStatus.NEW,
            new Pod.Placement(new NodeName("node-3"), null, null),
            Pod.Lifecycle.USUAL);
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(List.of(moved), List.of(), List.of(), List.of(), Map.of()),
        Decisions.EMPTY.capacity(),
        Decisions.EMPTY.scaling(),
        Decisions.EMPTY.gpu(),
        Map.of());
  }

  @Test
  void saysWhoElseScalesATarget(@TempDir Path folder) throws IOException {
    String autoscaler =
        Commands.file(
            folder,
            "hpa.yaml",
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: old, namespace: shop}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """);

    Commands.Run run =
        run("explain", "scaler", "shop/web", "-f", SHOP, "-f", autoscaler, "--at", Commands.AT);

    assertThat(run.out())
        .contains("AmbiguousSelector")
        .contains("HorizontalPodAutoscaler shop/old scales Deployment shop/web");
  }

  @Test
  void refusesAnotherKindAndABadDump(@TempDir Path folder) throws IOException {
    assertThat(run("explain", "service", "a/b", "-f", SHOP).code()).isEqualTo(ExitCode.BAD_INPUT);

    String bad = Commands.file(folder, "bad.yaml", "{no: kind}");
    Commands.Run run = run("explain", "pod", "a/b", "-f", bad);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("1 problem");
  }
}
