package dev.windlass.core.scaledown;

import static dev.windlass.core.scaledown.Outcomes.kept;
import static dev.windlass.core.scaledown.Outcomes.removed;
import static dev.windlass.core.scaledown.Outcomes.sentences;
import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Taint;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleDownPlannerTest {
  private static final Taint LEAVING = Taint.noSchedule(Keys.DISRUPTED);

  private static Groups workers(int min, int target) {
    return group("workers").size(min, 10, target).offers("w", 4_000, 16_384, 0, 0.2);
  }

  /** Two nodes of the group, both there for long, and every waiting period over. */
  private static Cluster twoNodes() {
    return cluster()
        .policy(Policy.DEFAULT.withElapsed())
        .with(workers(0, 2))
        .node("workers", "w", node("n1"))
        .node("workers", "w", node("n2"));
  }

  @Test
  void removesAnEmptyNode() {
    Decision decision = twoNodes().with(pod("p").cpu(3_000).on("n1")).decide();

    assertThat(removed(decision)).containsExactly("n2 Empty");
    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED);
    assertThat(sentences(decision)).containsExactly("Begin to remove node n2: the node is empty");
  }

  @Test
  void removesAnUnderutilizedNodeWhosePodsFitElsewhere() {
    Decision decision =
        twoNodes().with(pod("a").cpu(2_500).on("n1"), pod("b").cpu(500).on("n2")).decide();

    assertThat(removed(decision)).containsExactly("n2 Underutilized");
    assertThat(decision.plans().scaleDown().removals().getFirst().moves())
        .containsExactly(
            new ScaleDownPlan.Move(dev.windlass.core.testing.Pods.key("b"), new NodeName("n1")));
  }

  @Test
  void neverLetsTwoNodesCountOnTheSameRoom() {
    Decision decision =
        twoNodes().with(pod("a").cpu(1_500).on("n1"), pod("b").cpu(1_500).on("n2")).decide();

    assertThat(removed(decision)).hasSize(1);
    assertThat(kept(decision)).containsExactly(KeptReason.COUNTED_ON);
  }

  @Test
  void keepsANodeWhosePodFitsNowhereElse() {
    Decision decision =
        twoNodes().with(pod("a").cpu(3_500).on("n1"), pod("b").cpu(1_000).on("n2")).decide();

    assertThat(removed(decision)).isEmpty();
    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED, KeptReason.NO_PLACE_FOR_POD);
  }

  @Test
  void expendablePodsKeepNoNode() {
    Decision decision =
        twoNodes()
            .with(pod("a").cpu(3_500).on("n1"), pod("b").cpu(3_500).priority(-11).on("n2"))
            .decide();

    assertThat(removed(decision)).containsExactly("n2 Empty");
    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED);
  }

  @Test
  void keepsTheGroupsMinimum() {
    Decision decision =
        cluster()
            .policy(Policy.DEFAULT.withElapsed())
            .with(workers(1, 2))
            .node("workers", "w", node("n1"))
            .node("workers", "w", node("n2"))
            .decide();

    assertThat(removed(decision)).containsExactly("n1 Empty");
    assertThat(kept(decision)).containsExactly(KeptReason.GROUP_AT_MIN_SIZE);
  }

  @Test
  void keepsANodeThatPendingPodsAreAboutToUse() {
    Decision decision = twoNodes().with(pod("p").cpu(100)).decide();

    assertThat(removed(decision)).containsExactly("n2 Empty");
    assertThat(kept(decision)).containsExactly(KeptReason.COUNTED_ON);
  }

  @Test
  void startsATimerAndWritesItOnTheNode() {
    Decision decision = cluster().with(workers(0, 1)).node("workers", "w", node("n1")).decide();

    assertThat(kept(decision)).containsExactly(KeptReason.UNNEEDED_TIMER);
    assertThat(decision.plans().scaleDown().kept().getFirst().until())
        .isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    assertThat(decision.next().unneededSince())
        .containsExactly(Map.entry(new NodeName("n1"), NOON));
    assertThat(sentences(decision))
        .containsExactly("Note on node n1: {windlass.dev/unneeded-since=2026-11-22T12:00:00Z}");
  }

  @Test
  void aRestartKeepsTheTimerThatIsWrittenOnTheNode() {
    Decision decision =
        cluster()
            .with(workers(0, 1))
            .node(
                "workers",
                "w",
                node("n1").annotation(Keys.UNNEEDED_SINCE, NOON.minusSeconds(601).toString()))
            .decide();

    assertThat(removed(decision)).containsExactly("n1 Empty");
  }

  @Test
  void aNodeThatIsNeededAgainLosesItsTimer() {
    Decision decision =
        cluster()
            .with(workers(0, 1))
            .node(
                "workers",
                "w",
                node("n1").annotation(Keys.UNNEEDED_SINCE, NOON.minusSeconds(60).toString()))
            .with(pod("p").cpu(3_000).on("n1"))
            .decide();

    assertThat(decision.next().unneededSince()).isEmpty();
    assertThat(sentences(decision))
        .containsExactly("Note on node n1: {windlass.dev/unneeded-since=}");
  }

  @Test
  void aGroupMayWaitLessThanThePolicySays() {
    Decision decision =
        cluster()
            .with(
                workers(0, 1)
                    .override(new NodeGroup.ScaleDownOverride(null, Duration.ofMinutes(1), null)))
            .node("workers", "w", node("n1"))
            .state(unneeded("n1", NOON.minusSeconds(61)))
            .decide();

    assertThat(removed(decision)).containsExactly("n1 Empty");
  }

  @Test
  void keepsNodesOfAGroupThatGrewLately() {
    AutoscalerState state =
        unneeded("n1", NOON.minusSeconds(3_600))
            .withLastScaleUp(Map.of(new NodeGroupName("workers"), NOON.minusSeconds(60)));
    Decision decision =
        cluster().with(workers(0, 1)).node("workers", "w", node("n1")).state(state).decide();

    assertThat(kept(decision)).containsExactly(KeptReason.RECENT_SCALE_UP);
  }

  @Test
  void keepsANodeThatIsNotReadyForAWhile() {
    Decision decision =
        cluster()
            .with(workers(0, 1))
            .node("workers", "w", node("n1").unready(NOON.minusSeconds(60)))
            .decide();

    assertThat(kept(decision)).containsExactly(KeptReason.UNREADY);
  }

  @Test
  void removesANodeThatWasNotReadyForTooLong() {
    Decision decision =
        cluster()
            .with(workers(0, 1))
            .node("workers", "w", node("n1").unready(NOON.minusSeconds(1_201)))
            .decide();

    assertThat(removed(decision)).containsExactly("n1 Unready");
  }

  @Test
  void staleInputRemovesNothing() {
    Decision decision =
        twoNodes().observed(Source.CLOUD, NOON.minus(Duration.ofMinutes(4))).decide();

    assertThat(kept(decision)).containsOnly(KeptReason.STALE_INPUT).hasSize(2);
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.deferred()).hasSize(1);
  }

  @Test
  void asksAGroupThatIsPausedForNothing() {
    Decision decision =
        cluster()
            .policy(Policy.DEFAULT.withElapsed())
            .with(workers(0, 1).mode(NodeGroup.Mode.PAUSED))
            .node("workers", "w", node("n1"))
            .decide();

    assertThat(kept(decision)).containsExactly(KeptReason.GROUP_PAUSED);
  }

  @Test
  void evictsThePodsOfANodeThatGoes() {
    Decision decision =
        twoNodes()
            .node("workers", "w", node("n3").taint(LEAVING))
            .with(pod("p").cpu(100).on("n3"), pod("daemon").owner("DaemonSet").on("n3"))
            .with(pod("a").cpu(3_000).on("n1"), pod("b").cpu(3_000).on("n2"))
            .decide();

    assertThat(sentences(decision)).containsExactly("Evict pod default/p from node n3");
  }

  @Test
  void waitsForPodsThatAreEnding() {
    Decision decision =
        leaving().with(pod("p").cpu(100).on("n3").deleted(NOON.plusSeconds(20))).decide();

    assertThat(decision.actions()).isEmpty();
  }

  @Test
  void deletesTheMachineOnceTheNodeIsDrained() {
    Decision decision = leaving().with(pod("daemon").owner("DaemonSet").on("n3")).decide();

    assertThat(sentences(decision))
        .containsExactly("Delete machine of n3 in node group workers: the node is drained");
  }

  @Test
  void deletesTheNodeObjectOnlyWhenTheCloudSaysThatTheMachineIsGone() {
    Decision deleting =
        cluster()
            .with(workers(0, 0))
            .with(node("n3").group("workers").taint(LEAVING))
            .instance("workers", "w", "sim://n3", Instance.State.DELETING)
            .decide();
    Decision gone =
        cluster().with(workers(0, 0)).with(node("n3").group("workers").taint(LEAVING)).decide();

    assertThat(deleting.actions()).isEmpty();
    assertThat(sentences(gone)).containsExactly("Delete Node object n3: its machine is gone");
  }

  @Test
  void deletesNoNodeObjectOfAGroupWithoutACloudOfWhichNoCloudCanKnow() {
    Groups pool = workers(0, 1).matching(Map.of("pool", "a"));

    Decision decision =
        cluster()
            .with(pool)
            .with(node("n1").label("pool", "a").unready(NOON.minusSeconds(60)))
            .decide();

    assertThat(decision.actions()).isEmpty();
    assertThat(kept(decision)).containsExactly(KeptReason.UNREADY);
  }

  @Test
  void keepsANodeAfterAllWhenAPodMustNotBeEvicted() {
    Decision decision = leaving().with(pod("p").owner(null).cpu(100).on("n3")).decide();

    assertThat(sentences(decision)).hasSize(1).first().asString().startsWith("Keep node n3");
  }

  @Test
  void respectsABudgetWhileItDrains() {
    Decision decision =
        leaving()
            .with(pod("p").cpu(100).on("n3").labels(Map.of("app", "db")))
            .with(pod("q").cpu(100).on("n3").labels(Map.of("app", "db")))
            .budget("db", Map.of("app", "db"), 1)
            .decide();

    assertThat(sentences(decision)).containsExactly("Evict pod default/p from node n3");
  }

  @Test
  void deletesAMachineThatNeverBecameANode() {
    Instant later = NOON.plus(Duration.ofMinutes(15));
    Decision decision =
        cluster()
            .with(workers(0, 1))
            .instance("workers", "w", "sim://i-1", Instance.State.RUNNING)
            .at(later)
            .decide();

    assertThat(sentences(decision))
        .containsExactly(
            "Delete machine of sim://i-1 in node group workers: no node after 15 minutes");
  }

  @Test
  void removesNoMoreNodesWithPodsAtATimeThanAllowed() {
    Cluster cluster = cluster().policy(Policy.DEFAULT.withElapsed()).with(workers(0, 10));
    for (int index = 0; index < 8; index++) {
      cluster.node("workers", "w", node("n" + index));
      cluster.with(pod("p" + index).cpu(100).on("n" + index));
    }

    Decision decision = cluster.decide();

    assertThat(removed(decision)).hasSize(5);
    assertThat(kept(decision)).contains(KeptReason.REMOVAL_LIMIT);
  }

  private static Cluster leaving() {
    return cluster()
        .with(workers(0, 1))
        .node("workers", "w", node("n3").taint(LEAVING))
        .with(node("other").cpu(8_000));
  }

  private static AutoscalerState unneeded(String node, Instant since) {
    return new AutoscalerState(
        Map.of(new NodeName(node), since), Map.of(), Map.of(), Map.of(), Map.of());
  }
}
