package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Taint;
import dev.windlass.core.scaledown.RemovalReason;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Nodes;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine that its cloud takes away is no place for pods, and its pods have one in time. */
class InterruptionTest {
  private static final Taint LEAVING = new Taint(Keys.DISRUPTED, "", Taint.Effect.NO_SCHEDULE);
  private static final Groups SPOT =
      group("spot").size(0, 9, 1).offers("s.large", 2_000, 8_192, 0, 0.10);

  private static Cluster interrupted(Nodes node, Pods... pods) {
    return cluster()
        .with(SPOT)
        .node("spot", "s.large", node)
        .with(pods)
        .ending("n1", NOON.plusSeconds(120));
  }

  @Test
  void ordersTheReplacementInTheTickOfTheNotice() {
    Decision decision = interrupted(node("n1"), pod("a").cpu(2_000).on("n1")).decide();

    assertThat(decision.plans().scaleUp().increases())
        .singleElement()
        .satisfies(increase -> assertThat(increase.to()).isEqualTo(2));
    assertThat(decision.plans().scaleDown().steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.TaintForRemoval.class,
            taint -> assertThat(taint.why()).contains("takes the machine away at"));
    assertThat(decision.plans().scaleDown().removals())
        .extracting(Removal::reason)
        .containsExactly(RemovalReason.INTERRUPTED);
  }

  @Test
  void heedsANoticeInTheNodesConditionsAsIfTheCloudHadSaidIt() {
    Cluster told =
        cluster()
            .with(SPOT)
            .node("spot", "s.large", node("n1").ending(NOON.plusSeconds(30)))
            .with(pod("a").cpu(2_000).on("n1"));

    assertThat(told.decide().plans())
        .usingRecursiveComparison()
        .ignoringFields("scaleDown.removals")
        .isEqualTo(
            interrupted(node("n1"), pod("a").cpu(2_000).on("n1"))
                .ending("n1", NOON.plusSeconds(30))
                .decide()
                .plans());
    assertThat(told.decide().plans().scaleDown().removals())
        .extracting(Removal::reason)
        .containsExactly(RemovalReason.INTERRUPTED);
  }

  @Test
  void heedsTheEarliestOfWhatCloudNodeAndAgentSay() {
    ClusterSnapshot snapshot = interrupted(node("n1").ending(NOON.plusSeconds(90))).snapshot();
    ClusterSnapshot told =
        new ClusterSnapshot(
            snapshot.workloads(),
            snapshot.capacity(),
            snapshot.scaling(),
            new ClusterSnapshot.Gpu(List.of(), List.of(agent("n1", 30), agent("elsewhere", 10))),
            snapshot.observedAt());

    assertThat(EarlyNotices.heeded(snapshot).capacity().instances())
        .extracting(Instance::endsAt)
        .containsExactly(NOON.plusSeconds(90));
    assertThat(EarlyNotices.heeded(told).capacity().instances())
        .extracting(Instance::endsAt)
        .containsExactly(NOON.plusSeconds(30));
  }

  private static GpuNode agent(String node, long seconds) {
    return new GpuNode(
        new NodeName(node),
        new GpuStackName("stack"),
        null,
        Map.of(),
        null,
        GpuHealth.GOOD,
        NOON.plusSeconds(seconds));
  }

  @Test
  void placesNoPodOnAMachineThatGoesThoughThereIsRoom() {
    Decision decision = interrupted(node("n1"), pod("p").cpu(100)).decide();

    assertThat(decision.plans().scaleUp().increases()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"599, true", "600, true", "601, false", "-5, true"})
  void beginsTenMinutesBeforeTheEnd(long seconds, boolean begun) {
    Decision decision =
        cluster()
            .with(SPOT)
            .node("spot", "s.large", node("n1"))
            .with(pod("a").cpu(2_000).on("n1"))
            .ending("n1", NOON.plusSeconds(seconds))
            .decide();

    assertThat(
            decision.plans().scaleDown().steps().stream()
                .anyMatch(Action.TaintForRemoval.class::isInstance))
        .isEqualTo(begun);
  }

  @Test
  void evictsOnceAndKeepsNoNodeForAPodThatMayNotBeDisturbed() {
    Nodes tainted = node("n1").taint(LEAVING);
    Decision decision =
        interrupted(
                tainted,
                pod("a").cpu(500).on("n1"),
                pod("b").cpu(500).on("n1").annotation(Keys.DO_NOT_DISRUPT, "true"))
            .decide();

    List<Action> steps = decision.plans().scaleDown().steps();
    assertThat(steps).noneMatch(Action.CancelRemoval.class::isInstance);
    assertThat(evicted(steps)).containsExactly("a");
    assertThat(steps).noneMatch(Action.TaintForRemoval.class::isInstance);
  }

  @Test
  void deletesAnEmptyMachineOnce() {
    Decision decision = interrupted(node("n1").taint(LEAVING)).decide();

    assertThat(decision.plans().scaleDown().steps())
        .singleElement()
        .isInstanceOf(Action.DeleteInstance.class);
  }

  @Test
  void ordersNothingForPodsThatNobodyMakesAnew() {
    Decision decision = interrupted(node("n1"), pod("bare").cpu(500).on("n1").owner(null)).decide();

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
  }

  @Test
  void countsAReplacementThatIsPendingAlreadyOnlyOnce() {
    Decision decision =
        interrupted(
                node("n1").taint(LEAVING),
                pod("a").cpu(2_000).on("n1").deleted(NOON.plus(Duration.ofSeconds(-3))),
                pod("a2").cpu(2_000))
            .decide();

    assertThat(decision.plans().scaleUp().increases())
        .singleElement()
        .satisfies(increase -> assertThat(increase.to() - increase.from()).isEqualTo(1));
  }

  private static Stream<String> evicted(List<Action> steps) {
    return steps.stream()
        .filter(Action.EvictPod.class::isInstance)
        .map(step -> ((Action.EvictPod) step).pod().name());
  }
}
