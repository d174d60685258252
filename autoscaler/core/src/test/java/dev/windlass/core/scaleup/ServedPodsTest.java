package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.key;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pending pods nodes are bought for, and which of the others still count. */
class ServedPodsTest {
  private static Cluster smallGroup() {
    return cluster().with(group("small").offers("s.large", 2_000, 8_192, 0, 0.10));
  }

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static List<String> bought(ScaleUpPlan plan) {
    return plan.increases().stream()
        .flatMap(increase -> increase.pods().stream())
        .map(pod -> pod.name())
        .toList();
  }

  private static Policy serving(String... schedulers) {
    Policy usual = Policy.DEFAULT;
    return new Policy(
        new Policy.ScaleUp(
            10, -10, Set.of(schedulers), Map.of(), Duration.ofMinutes(1), Duration.ofHours(1)),
        usual.scaleDown(),
        usual.replicas(),
        usual.gpu(),
        usual.staleness(),
        false);
  }

  @Test
  void anInvalidPodIsUnhelpedAloneAndTheOthersAreServed() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .with(pod("bad").cpu(100).invalid("spec.x is 'y', expected z"))
                .with(pod("good").cpu(100)));

    assertThat(bought(plan)).containsExactly("good");
    assertThat(plan.unhelped())
        .containsExactly(
            new Unhelped(
                key("bad"),
                List.of(
                    new Unhelped.Reason(
                        null, UnhelpedRule.INVALID_SPEC, "spec.x is 'y', expected z"))));
  }

  @Test
  void anInvalidPodOnANodeTakesItsRoom() {
    Pods bad = pod("bad").cpu(3_500).invalid("spec.x is 'y', expected z").on("n1");

    ScaleUpPlan plan = plan(smallGroup().with(node("n1")).with(bad, pod("good").cpu(1_000)));

    assertThat(bought(plan)).containsExactly("good");
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void podsOfAnotherSchedulerAreNotHelpedAndNotReported() {
    ScaleUpPlan plan =
        plan(smallGroup().with(pod("theirs").cpu(100).scheduler("volcano"), pod("ours").cpu(100)));

    assertThat(bought(plan)).containsExactly("ours");
    assertThat(plan.unhelped()).isEmpty();
    assertThat(plan.placements()).extracting(PodPlacement::pod).containsExactly(key("ours"));
  }

  @Test
  void podsOfAnotherSchedulerTakeTheirRoomWhenBound() {
    Pods theirs = pod("theirs").cpu(3_500).scheduler("volcano").on("n1");

    ScaleUpPlan plan = plan(smallGroup().with(node("n1")).with(theirs, pod("ours").cpu(1_000)));

    assertThat(bought(plan)).containsExactly("ours");
  }

  @Test
  void servesTheSchedulersThatItIsToldTo() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .policy(serving("volcano", "second"))
                .with(pod("a").cpu(100).scheduler("volcano"), pod("b").cpu(100).scheduler("second"))
                .with(pod("c").cpu(100)));

    assertThat(bought(plan)).containsExactlyInAnyOrder("a", "b");
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void oldInputReportsOnlyPodsThatAreServed() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .with(pod("theirs").cpu(100).scheduler("volcano"), pod("ours").cpu(100))
                .observed(Source.KUBERNETES, Pods.NOON.minus(Duration.ofHours(1))));

    assertThat(plan.unhelped()).extracting(Unhelped::pod).containsExactly(key("ours"));
  }

  @Test
  void aGatedPodIsNotPending() {
    ScaleUpPlan plan = plan(smallGroup().with(pod("p").cpu(100).gated()));

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void aNominatedPodHoldsItsPlaceAndNeedsNoNode() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .with(node("n1"))
                .with(pod("preempts").cpu(3_500).priority(1_000).nominated("n1"))
                .with(pod("late").cpu(1_000)));

    assertThat(bought(plan)).containsExactly("late");
    assertThat(plan.placements())
        .contains(new PodPlacement.OnNode(key("preempts"), new NodeName("n1")));
  }

  @Test
  void aPlaceOnANodeThatHasGoneIsNone() {
    ScaleUpPlan plan = plan(smallGroup().with(pod("preempts").cpu(1_000).nominated("gone")));

    assertThat(bought(plan)).containsExactly("preempts");
  }

  @Test
  void higherPrioritiesTakeTheLastRoom() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(group("full").size(0, 1, 0).offers("s.large", 2_000, 8_192, 0, 0.10))
                .with(pod("low").cpu(2_000).priority(1), pod("high").cpu(2_000).priority(2)));

    assertThat(bought(plan)).containsExactly("high");
    assertThat(plan.unhelped()).extracting(Unhelped::pod).containsExactly(key("low"));
  }
}
