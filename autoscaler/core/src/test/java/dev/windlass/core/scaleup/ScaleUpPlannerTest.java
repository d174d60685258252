package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.key;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Taint;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScaleUpPlannerTest {
  private static final Groups SMALL = group("small").offers("s.large", 2_000, 8_192, 0, 0.10);

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static Map<String, Integer> targets(ScaleUpPlan plan) {
    Map<String, Integer> targets = new TreeMap<>();
    plan.increases().forEach(each -> targets.put(each.nodeGroup().value(), each.to()));
    return targets;
  }

  private static List<UnhelpedRule> rules(ScaleUpPlan plan) {
    return plan.unhelped().stream()
        .flatMap(each -> each.reasons().stream())
        .map(Unhelped.Reason::rule)
        .toList();
  }

  @Test
  void buysNothingWhenThePodFitsOnANodeThatIsThere() {
    ScaleUpPlan plan = plan(cluster().with(SMALL).with(node("n1")).with(pod("p").cpu(1_000)));

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.placements())
        .containsExactly(new PodPlacement.OnNode(key("p"), new NodeName("n1")));
  }

  @Test
  void buysTheCheapestNodeThatTakesThePod() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("dear").offers("d", 4_000, 8_192, 0, 0.90),
                    group("cheap").offers("c", 4_000, 8_192, 0, 0.20),
                    group("tiny").offers("t", 500, 8_192, 0, 0.01))
                .with(pod("p").cpu(3_000)));

    assertThat(targets(plan)).containsExactly(Map.entry("cheap", 1));
    assertThat(plan.increases().getFirst().hourlyCost()).isEqualTo(Price.ofUsdPerHour(0.20));
    assertThat(plan.placements())
        .containsExactly(new PodPlacement.OnNewNode(key("p"), new NodeGroupName("cheap"), 1));
  }

  @Test
  void buysOneLargeNodeWhereItIsCheaperThanManySmallOnes() {
    Cluster cluster =
        cluster()
            .with(
                group("mixed")
                    .offers("small", 1_000, 4_096, 0, 0.10)
                    .offers("large", 10_000, 40_960, 0, 0.50));
    for (int index = 0; index < 10; index++) {
      cluster.with(pod("p" + index).cpu(1_000));
    }

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.increases().getFirst().variants())
        .containsExactly(Map.entry(Groups.variant("large"), 1));
  }

  @Test
  void exchangesTheLastNodeForACheaperOneThatStillHoldsItsPods() {
    Cluster cluster =
        cluster()
            .with(
                group("mixed")
                    .offers("small", 1_000, 4_096, 0, 0.10)
                    .offers("large", 10_000, 40_960, 0, 0.50));
    for (int index = 0; index < 11; index++) {
      cluster.with(pod("p" + index).cpu(1_000));
    }

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.increases().getFirst().variants())
        .containsOnly(Map.entry(Groups.variant("large"), 1), Map.entry(Groups.variant("small"), 1));
    assertThat(plan.placements()).hasSize(11);
  }

  @Test
  void prefersTheGroupWithTheHigherPriorityToTheCheaperOne() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("cheap").offers("c", 4_000, 8_192, 0, 0.20),
                    group("reserved").priority(10).offers("r", 4_000, 8_192, 0, 0.90))
                .with(pod("p").cpu(3_000)));

    assertThat(targets(plan)).containsExactly(Map.entry("reserved", 1));
  }

  @Test
  void countsOnANodeThatWasOrderedInsteadOfBuyingASecondOne() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("small").size(0, 5, 1).offers("s.large", 2_000, 8_192, 0, 0.10))
                .instance("small", "s.large", "sim://i-1", Instance.State.CREATING)
                .with(pod("p").cpu(1_000)));

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.placements())
        .containsExactly(new PodPlacement.OnNewNode(key("p"), new NodeGroupName("small"), 1));
  }

  @Test
  void countsOnAnOrderForWhichTheCloudListsNoMachineYet() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("small").size(0, 5, 1).offers("s.large", 2_000, 8_192, 0, 0.10))
                .with(pod("p").cpu(1_000)));

    assertThat(plan.increases()).isEmpty();
  }

  @Test
  void countsOnAGpuNodeThatIsStillBootstrapping() {
    Taint notReady = Taint.noSchedule(Keys.GPU_NOT_READY);
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("gpu")
                        .size(0, 5, 1)
                        .stack("nvidia")
                        .startupTaint(notReady)
                        .offers("g", 8_000, 32_768, 2, 1.0))
                .node("gpu", "g", node("g1").taint(notReady))
                .with(pod("p").gpus(2)));

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.placements())
        .containsExactly(new PodPlacement.OnNode(key("p"), new NodeName("g1")));
  }

  @Test
  void leavesRoomForDaemonsOnANewNode() {
    ScaleUpPlan plan =
        plan(cluster().with(SMALL).daemon("logs", pod("logs").cpu(500)).with(pod("p").cpu(1_600)));

    assertThat(plan.increases()).isEmpty();
    assertThat(rules(plan)).containsExactly(UnhelpedRule.TOO_LARGE);
  }

  @Test
  void comparesWithTheLargestMachineWhenAllAreTooSmall() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("mixed")
                        .offers("s", 1_000, 8_192, 0, 0.1)
                        .offers("l", 9_000, 65_536, 0, 0.9)
                        .offers("m", 4_000, 32_768, 0, 1.4))
                .with(pod("p").cpu(20_000)));

    assertThat(plan.unhelped().getFirst().reasons().getFirst().message())
        .isEqualTo("the pod needs 20000m cpu, there is 9000m cpu");
  }

  @Test
  void namesWhatIsMissingBeforeWhatIsTooLittle() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("general")
                        .offers("s", 1_000, 8_192, 0, 0.1)
                        .offers("l", 9_000, 65_536, 0, 0.9))
                .with(pod("p").cpu(4_000).gpus(1)));

    assertThat(rules(plan)).containsExactly(UnhelpedRule.MISSING_RESOURCE);
  }

  @Test
  void saysForEachGroupWhyItDoesNotHelp() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("a-small").offers("s", 1_000, 8_192, 0, 0.1),
                    group("b-tainted")
                        .taint(Taint.noSchedule("team"))
                        .offers("t", 9_000, 8_192, 0, 0.1),
                    group("c-full").size(0, 0, 0).offers("f", 9_000, 8_192, 0, 0.1),
                    group("d-paused").mode(NodeGroup.Mode.PAUSED).offers("p", 9_000, 8_192, 0, 0.1),
                    group("e-empty"))
                .with(pod("p").cpu(2_000)));

    assertThat(rules(plan))
        .containsExactly(
            UnhelpedRule.TOO_LARGE,
            UnhelpedRule.TAINT,
            UnhelpedRule.MAX_SIZE,
            UnhelpedRule.PAUSED,
            UnhelpedRule.NO_OFFERING);
    assertThat(plan.unhelped().getFirst().reasons().getFirst().message())
        .isEqualTo("the pod needs 2000m cpu, there is 1000m cpu");
  }

  @Test
  void namesTheExtendedResourceThatNoGroupHas() {
    ScaleUpPlan plan = plan(cluster().with(SMALL).with(pod("p").resource("vendor.io/fpga", 1)));

    assertThat(rules(plan)).containsExactly(UnhelpedRule.MISSING_RESOURCE);
  }

  @Test
  void saysThatThereIsNoGroupAtAll() {
    assertThat(rules(plan(cluster().with(pod("p").cpu(1)))))
        .containsExactly(UnhelpedRule.NO_NODE_GROUP);
  }

  @Test
  void neverBuysBeyondTheGroupsMaximum() {
    Cluster cluster =
        cluster().with(group("small").size(0, 3, 1).offers("s", 2_000, 8_192, 0, 0.1));
    cluster.node("small", "s", node("n1").cpu(0));
    for (int index = 0; index < 5; index++) {
      cluster.with(pod("p" + index).cpu(2_000));
    }

    ScaleUpPlan plan = plan(cluster);

    assertThat(targets(plan)).containsExactly(Map.entry("small", 3));
    assertThat(plan.unhelped()).hasSize(3);
  }

  @Test
  void defersWhatOneDecisionMayNotOrder() {
    Policy policy =
        new Policy(
            new Policy.ScaleUp(
                1,
                -10,
                Policy.ScaleUp.DEFAULT.schedulerNames(),
                Map.of(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(30)),
            Policy.ScaleDown.DEFAULT,
            Policy.Replicas.DEFAULT,
            Policy.GpuBootstrap.DEFAULT,
            Policy.Staleness.DEFAULT,
            false);
    ScaleUpPlan plan =
        plan(cluster().policy(policy).with(SMALL).with(pod("p1").cpu(2_000), pod("p2").cpu(2_000)));

    assertThat(targets(plan)).containsExactly(Map.entry("small", 1));
    assertThat(rules(plan)).containsExactly(UnhelpedRule.DEFERRED);
    assertThat(plan.deferred()).hasSize(1);
  }

  @Test
  void leavesAGroupAloneAfterItFailed() {
    Cluster cluster =
        cluster()
            .with(SMALL)
            .with(pod("p").cpu(2_000))
            .failure("small", CloudFailure.Cause.CAPACITY, Pods.NOON);

    Decision decision = cluster.decide();

    assertThat(rules(decision.plans().scaleUp())).containsExactly(UnhelpedRule.BACKOFF);
    assertThat(decision.next().backoffs().values())
        .flatExtracting(each -> each)
        .extracting(AutoscalerState.Backoff::until)
        .containsExactly(Pods.NOON.plus(Duration.ofMinutes(1)));
  }

  @Test
  void expendablePodsBuyNothing() {
    ScaleUpPlan plan = plan(cluster().with(SMALL).with(pod("p").cpu(1).priority(-11)));

    assertThat(plan.increases()).isEmpty();
    assertThat(rules(plan)).containsExactly(UnhelpedRule.EXPENDABLE);
  }

  @Test
  void servesTheMoreImportantPodFirst() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("one").size(0, 1, 0).offers("s", 2_000, 8_192, 0, 0.1))
                .with(pod("a").cpu(2_000), pod("b").cpu(2_000).priority(100)));

    assertThat(plan.placements()).extracting(PodPlacement::pod).containsExactly(key("b"));
  }

  @Test
  void raisesAGroupToItsMinimumAndUsesTheRoom() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("warm").size(2, 5, 0).offers("s", 2_000, 8_192, 0, 0.1))
                .with(pod("p").cpu(500)));

    assertThat(targets(plan)).containsExactly(Map.entry("warm", 2));
  }

  @Test
  void putsSharesOnDevicesAndNeverOnSumsOfRemainders() {
    Cluster cluster = cluster().with(group("gpu").offers("g", 64_000, 262_144, 2, 1.0));
    for (int index = 0; index < 3; index++) {
      cluster.with(pod("p" + index).gpuMilli(600));
    }

    assertThat(targets(plan(cluster))).containsExactly(Map.entry("gpu", 2));
  }

  @Test
  void keepsAWholeDeviceFromPodsWithShares() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(node("n1").gpus(1))
                .with(pod("running").gpuMilli(100).on("n1"))
                .with(pod("whole").gpus(1)));

    assertThat(plan.placements()).isEmpty();
  }

  @Test
  void keepsRoomForANominatedPod() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(node("n1").cpu(1_000))
                .with(pod("first").cpu(1_000).nominated("n1"), pod("second").cpu(1_000)));

    assertThat(plan.placements()).extracting(PodPlacement::pod).containsExactly(key("first"));
    assertThat(plan.unhelped()).extracting(Unhelped::pod).containsExactly(key("second"));
  }

  @Test
  void ordersMachinesOfAnUnknownPriceByTheirSize() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(
                    group("big").offers("b", 64_000, 262_144, 0, -1),
                    group("fit").offers("f", 2_000, 8_192, 0, -1))
                .with(pod("p").cpu(1_500)));

    assertThat(targets(plan)).containsExactly(Map.entry("fit", 1));
    assertThat(plan.increases().getFirst().hourlyCost()).isEqualTo(Price.UNKNOWN);
  }
}
