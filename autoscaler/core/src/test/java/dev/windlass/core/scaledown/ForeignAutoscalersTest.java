package dev.windlass.core.scaledown;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ForeignTaints;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Taint;
import dev.windlass.core.testing.Cluster;
import java.util.List;
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

  @Test
  void keepsAPodThatHasNotStartedWhateverTheDuration() {
    DrainVerdict verdict =
        DrainabilityRule.judgeAll(
            pod("p").on("n1").annotation(Keys.KARPENTER_DO_NOT_DISRUPT, "1s").build(),
            new DrainContext(List.of(), -10, NOON));

    assertThat(verdict).isInstanceOf(DrainVerdict.Block.class);
  }
}
