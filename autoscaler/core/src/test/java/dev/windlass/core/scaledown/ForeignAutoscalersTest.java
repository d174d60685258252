package dev.windlass.core.scaledown;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ForeignTaints;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Taint;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Nodes;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Cluster Autoscaler and Karpenter write on pods and nodes, and what follows from it. */
class ForeignAutoscalersTest {
  private static Cluster workers(int target) {
    return cluster()
        .policy(Policy.DEFAULT.withElapsed())
        .with(group("workers").size(0, 10, target).offers("w", 4_000, 16_384, 0, 0.2));
  }

  private static List<KeptReason> kept(Decision decision) {
    return decision.plans().scaleDown().kept().stream().map(ScaleDownPlan.Kept::reason).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {Keys.TO_BE_DELETED, Keys.KARPENTER_DISRUPTED})
  void leavesANodeAloneThatAnotherAutoscalerRemoves(String taint) {
    Decision decision =
        workers(1).node("workers", "w", node("n1").taint(Taint.noSchedule(taint))).decide();

    assertThat(decision.actions()).isEmpty();
    assertThat(kept(decision)).containsExactly(KeptReason.REMOVED_ELSEWHERE);
    assertThat(decision.plans().scaleDown().kept().getFirst().message()).contains(taint);
  }

  @Test
  void aCandidateOfAnotherAutoscalerIsANodeLikeAnyOther() {
    Taint candidate =
        new Taint(Keys.DELETION_CANDIDATE, "1763812800", Taint.Effect.PREFER_NO_SCHEDULE);

    Decision decision = workers(1).node("workers", "w", node("n1").taint(candidate)).decide();

    assertThat(decision.plans().scaleDown().removals()).hasSize(1);
  }

  @Test
  void keepsANodeForWhichScaleDownIsDisabled() {
    Decision decision =
        workers(1)
            .node("workers", "w", node("n1").annotation(Keys.SCALE_DOWN_DISABLED, "true"))
            .decide();

    assertThat(kept(decision)).containsExactly(KeptReason.SCALE_DOWN_DISABLED);
  }

  @ParameterizedTest
  @CsvSource({
    "startup-taint.cluster-autoscaler.kubernetes.io/cni, 0",
    "ignore-taint.cluster-autoscaler.kubernetes.io/disks, 0",
    "karpenter.sh/unregistered, 0",
    "readiness.k8s.io/network, 0",
    "status-taint.cluster-autoscaler.kubernetes.io/maintenance, 1",
    "team/a, 1"
  })
  void waitsForAYoungNodeWhoseTaintPassesInsteadOfBuyingAnother(String taint, int bought) {
    Decision decision =
        workers(1)
            .node(
                "workers",
                "w",
                node("n1").created(NOON.minusSeconds(60)).taint(Taint.noSchedule(taint)))
            .with(pod("p").cpu(1_000))
            .decide();

    assertThat(decision.plans().scaleUp().increases()).hasSize(bought);
    assertThat(decision.plans().scaleUp().placements()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "startup-taint.cluster-autoscaler.kubernetes.io/cni, true",
    "status-taint.cluster-autoscaler.kubernetes.io/maintenance, true",
    "ToBeDeletedByClusterAutoscaler, true",
    "DeletionCandidateOfClusterAutoscaler, true",
    "karpenter.sh/disrupted, true",
    "karpenter.sh/unregistered, true",
    "nvidia.com/gpu, false",
    "karpenter.sh/nodepool, false"
  })
  void aNewNodeBeginsWithoutTheTaintsOfTheMoment(String taint, boolean ofOneNode) {
    assertThat(ForeignTaints.isOfOneNode(Taint.noSchedule(taint))).isEqualTo(ofOneNode);
  }

  @ParameterizedTest(name = "{0} after {1} s blocks: {2}")
  @CsvSource({
    "true, 86400, true",
    "10m, 599, true",
    "10m, 600, false",
    "1h30m, 5399, true",
    "1h30m, 5400, false",
    "1500ms, 1, true",
    "90s, 91, false",
    "false, 0, false",
    "soon, 0, false",
    "'', 0, false"
  })
  void keepsAPodAsLongAsKarpentersAnnotationSays(String value, long age, boolean blocks) {
    DrainVerdict verdict =
        DrainabilityRule.judgeAll(
            pod("p")
                .on("n1")
                .started(NOON.minusSeconds(age))
                .annotation(Keys.KARPENTER_DO_NOT_DISRUPT, value)
                .build(),
            new DrainContext(List.of(), -10, NOON));

    assertThat(verdict instanceof DrainVerdict.Block).isEqualTo(blocks);
  }

  /** One node that is being removed. */
  private static Cluster leaving(Nodes node) {
    return workers(1).node("workers", "w", node.taint(Taint.noSchedule(Keys.DISRUPTED)));
  }

  private static List<String> sentences(Decision decision) {
    return decision.actions().stream().map(Action::sentence).toList();
  }

  @ParameterizedTest(name = "asked {0}, noted {1}: {2}")
  @CsvSource({
    "false, '', Delete",
    "false, 2026-11-22T12:00:00Z, Delete",
    "true, '', Note",
    "true, yesterday, Note",
    "true, 2026-11-22T11:58:01Z, Wait",
    "true, 2026-11-22T11:58:00Z, Delete",
  })
  void letsOthersFinishOnADrainedNodeForTwoMinutesAtMost(
      boolean asked, String noted, String expected) {
    Nodes node = node("n1").annotation(Keys.DRAINED_SINCE, noted);
    Decision decision =
        leaving(asked ? node.annotation(Keys.DELAY_DELETION + "backup", "") : node).decide();

    String delete = "Delete machine of n1 in node group workers: the node is drained";
    String note = "Note on node n1: {" + Keys.DRAINED_SINCE + "=" + NOON + "}";
    assertThat(sentences(decision))
        .isEqualTo(
            switch (expected) {
              case "Delete" -> List.of(delete);
              case "Note" -> List.of(note);
              default -> List.of();
            });
  }

  @Test
  void delaysNoDeletionBeforeTheNodeIsDrained() {
    Decision decision =
        leaving(node("n1").annotation(Keys.DELAY_DELETION + "backup", "true"))
            .with(pod("p").cpu(100).on("n1"))
            .decide();

    assertThat(sentences(decision)).contains("Evict pod default/p from node n1");
    assertThat(decision.actions()).noneMatch(Action.AnnotateNode.class::isInstance);
  }

  @Test
  void evictsADaemonThatAsksForItWhenAllOthersHaveGone() {
    Pods daemon = pod("logs").owner("DaemonSet").annotation(Keys.EVICT_DAEMON, "true").on("n1");

    assertThat(sentences(leaving(node("n1")).with(daemon, pod("p").cpu(100).on("n1")).decide()))
        .contains("Evict pod default/p from node n1")
        .doesNotContain("Evict pod default/logs from node n1");
    assertThat(sentences(leaving(node("n1")).with(daemon).decide()))
        .containsExactly("Evict pod default/logs from node n1");
    assertThat(sentences(leaving(node("n1")).with(daemon.deleted(NOON.plusSeconds(20))).decide()))
        .as("it is waited for")
        .isEmpty();
  }

  @Test
  void aDaemonThatMayNotBeEvictedKeepsNoNode() {
    Decision decision =
        leaving(node("n1"))
            .with(
                pod("logs")
                    .owner("DaemonSet")
                    .labels(Map.of("app", "logs"))
                    .annotation(Keys.EVICT_DAEMON, "true")
                    .on("n1"))
            .budget("logs", Map.of("app", "logs"), 0)
            .decide();

    assertThat(sentences(decision)).singleElement().asString().startsWith("Delete machine of n1");
  }

  @ParameterizedTest(name = "a pod of {1} s that asks for {0}: bought {2}")
  @CsvSource({
    "'', 0, 1",
    "10m, 0, 0",
    "10m, 599, 0",
    "10m, 600, 1",
    "1h30m, 5399, 0",
    "soon, 0, 1",
    "-5m, 0, 1"
  })
  void buysNoNodeForAPodBeforeItsTime(String delay, long age, int bought) {
    Decision decision =
        cluster()
            .with(group("workers").size(0, 10, 0).offers("w", 4_000, 16_384, 0, 0.2))
            .with(
                pod("p")
                    .cpu(1_000)
                    .created(NOON.minusSeconds(age))
                    .annotation(Keys.POD_SCALE_UP_DELAY, delay))
            .decide();

    assertThat(decision.plans().scaleUp().increases()).hasSize(bought);
    assertThat(decision.plans().scaleUp().unhelped())
        .hasSize(1 - bought)
        .allSatisfy(unhelped ->
            assertThat(unhelped.reasons())
                .extracting(Unhelped.Reason::rule)
                .containsExactly(UnhelpedRule.SCALE_UP_DELAY));
  }

  @Test
  void keepsAPodThatHasNotStartedWhateverTheDuration() {
    DrainVerdict verdict =
        DrainabilityRule.judgeAll(
            pod("p").on("n1").annotation(Keys.KARPENTER_DO_NOT_DISRUPT, "1s").build(),
            new DrainContext(List.of(), -10, NOON));

    assertThat(verdict).isInstanceOf(DrainVerdict.Block.class);
  }
}
