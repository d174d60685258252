package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on its way is neither free nor absent. */
class AwaitedNodesTest {
  @Test
  void countsWhatIsNotListedYetAsWhatWasOrdered() {
    Decision first = world(0).decide();
    GroupIncrease order = first.plans().scaleUp().increases().getFirst();
    assertThat(order.variants()).containsOnlyKeys(Groups.variant("large"));

    Decision second = world(order.to()).state(first.next()).decide();

    assertThat(second.plans().scaleUp().increases()).isEmpty();
  }

  @Test
  void countsOnlyTheRestAsOrderedWhenSomeMachinesAreListed() {
    Decision first = world(0).decide();
    int to = first.plans().scaleUp().increases().getFirst().to();

    Decision second =
        world(to)
            .instance("mixed", "large", "sim://1", Instance.State.CREATING)
            .node("mixed", "large", node("n2").cpu(16_000).unready(NOON).created(NOON))
            .state(first.next())
            .decide();

    assertThat(to).isGreaterThan(2);
    assertThat(second.plans().scaleUp().increases()).isEmpty();
  }

  /** A larger order that was refused because a smaller one was under way. */
  @Test
  void countsTheBeginningOfAPlanAsOrderedWhenItsOrderWasSmaller() {
    Decision plan = spread(0).decide();
    assertThat(plan.plans().scaleUp().increases().getFirst().to()).isEqualTo(24);

    Decision later = spread(8).state(plan.next()).decide();

    assertThat(later.plans().scaleUp().increases().getFirst().variants().values())
        .containsExactlyInAnyOrder(5, 5, 6);
  }

  /** The second order is refused, as the first is under way. */
  @Test
  void countsTheOrderThatTheCloudTookAsOrdered() {
    Decision first = sizes(0, 0).decide();
    assertThat(first.plans().scaleUp().increases().getFirst().to()).isEqualTo(5);
    Decision second = sizes(0, 3).state(first.next()).decide();
    assertThat(second.plans().scaleUp().increases().getFirst().to()).isEqualTo(8);

    Decision third = sizes(5, 3).state(second.next()).decide();

    assertThat(third.plans().scaleUp().increases().getFirst().variants())
        .isEqualTo(Map.of(Groups.variant("large"), 3));
  }

  /** Five pods for small machines, and some for large ones. */
  private static Cluster sizes(int target, int large) {
    Cluster cluster = cluster().with(mixed(target));
    for (int number = 0; number < 5; number++) {
      cluster.with(pod("s" + number).cpu(1_900));
    }
    for (int number = 0; number < large; number++) {
      cluster.with(pod("l" + number).cpu(15_500));
    }
    return cluster;
  }

  private static Groups mixed(int target) {
    return group("mixed")
        .size(0, 100, target)
        .offers("small", 2_000, 8_192, 0, 0.10)
        .offers("large", 16_000, 65_536, 0, 0.80);
  }

  @Test
  void waitsForDevicesThatAReadyNodeDoesNotAdvertiseYet() {
    Decision decision = lateDevices(Duration.ofMinutes(1)).decide();

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(decision.plans().scaleDown().kept())
        .singleElement()
        .satisfies(kept -> assertThat(kept.reason()).isEqualTo(KeptReason.COUNTED_ON));
  }

  @Test
  void buysAnotherMachineWhenDevicesDidNotComeInTime() {
    Decision decision = lateDevices(Duration.ofMinutes(16)).decide();

    assertThat(decision.plans().scaleUp().increases()).hasSize(1);
  }

  private static Cluster lateDevices(Duration age) {
    return cluster()
        .with(group("gpu").size(0, 9, 1).offers("g", 4_000, 16_384, 1, 0.50))
        .node("gpu", "g", node("n1").created(NOON.minus(age)))
        .with(pod("p").cpu(1_000).gpus(1));
  }

  /** A node for each of 24 pods, evenly over three zones. */
  private static Cluster spread(int target) {
    Cluster cluster =
        cluster()
            .with(
                group("mixed")
                    .size(0, 100, target)
                    .offers("m", "zone-a", 2_000, 8_192, 0, 0.10)
                    .offers("m", "zone-b", 2_000, 8_192, 0, 0.10)
                    .offers("m", "zone-c", 2_000, 8_192, 0, 0.10));
    Map<String, String> label = Map.of("app", "spread");
    TopologySpread even =
        new TopologySpread(1, Keys.ZONE, new LabelSelector(label, List.of()), 1, true, false);
    PodPlacementRules rules =
        new PodPlacementRules(Map.of(), null, List.of(), List.of(), List.of(), List.of(even));
    for (int number = 0; number < 24; number++) {
      cluster.with(pod("p" + number).cpu(1_500).labels(label).rules(rules));
    }
    return cluster;
  }

  /** Pods for which the group's first offering is too small. */
  private static Cluster world(int target) {
    Cluster cluster = cluster().with(mixed(target));
    for (int number = 0; number < 12; number++) {
      cluster.with(pod("p" + number).cpu(5_000));
    }
    return cluster;
  }
}
