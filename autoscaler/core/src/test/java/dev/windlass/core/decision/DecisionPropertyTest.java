package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionPropertyTest {
  private static final int GANG = 3;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 120);
  }

  private static Decision decide(ClusterSnapshot snapshot) {
    return Decider.decide(snapshot, AutoscalerState.EMPTY, Policy.DEFAULT.withElapsed(), Pods.NOON);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsInEveryWorld(long seed) {
    ClusterSnapshot snapshot = world(new Random(seed));
    Decision decision = decide(snapshot);
    ScaleUpPlan scaleUp = decision.plans().scaleUp();
    ScaleDownPlan scaleDown = decision.plans().scaleDown();

    everyPendingPodHasOneAnswer(snapshot, scaleUp);
    groupsStayWithinTheirSizes(snapshot, scaleUp, scaleDown);
    gangsAreWholeOrNotAtAll(snapshot, scaleUp);
    everyNodeGoesOrStaysWithAReason(snapshot, scaleDown);
    assertThat(scaleDown.removals())
        .as("nodes that pending pods count on stay")
        .noneMatch(removal -> scaleUp.nodesCountedOn().contains(removal.node()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isTheSameForTheSameWorldInAnyOrder(long seed) {
    ClusterSnapshot snapshot = world(new Random(seed));

    Decision once = decide(snapshot);

    assertThat(decide(snapshot)).isEqualTo(once);
    assertThat(decide(shuffled(snapshot, new Random(seed + 1)))).isEqualTo(once);
  }

  private static void everyPendingPodHasOneAnswer(ClusterSnapshot snapshot, ScaleUpPlan plan) {
    List<ObjectKey> answered = new ArrayList<>();
    plan.placements().stream().map(PodPlacement::pod).forEach(answered::add);
    plan.unhelped().stream().map(Unhelped::pod).forEach(answered::add);
    List<ObjectKey> pending =
        snapshot.workloads().pods().stream().filter(Pod::isPending).map(Pod::key).toList();
    assertThat(answered).containsExactlyInAnyOrderElementsOf(pending);
    assertThat(plan.unhelped()).allMatch(each -> !each.reasons().isEmpty());
  }

  private static void groupsStayWithinTheirSizes(
      ClusterSnapshot snapshot, ScaleUpPlan scaleUp, ScaleDownPlan scaleDown) {
    for (NodeGroup group : snapshot.capacity().groups()) {
      for (GroupIncrease increase : scaleUp.increases()) {
        if (increase.nodeGroup().equals(group.name())) {
          assertThat(increase.from()).isEqualTo(group.size().target());
          assertThat(increase.to()).isBetween(increase.from() + 1, group.size().max());
          assertThat(increase.variants().values().stream().mapToInt(each -> each).sum())
              .isEqualTo(increase.to() - increase.from());
        }
      }
      long removed =
          scaleDown.removals().stream()
              .filter(removal -> removal.nodeGroup().equals(group.name()))
              .count();
      assertThat(removed == 0 || group.size().target() - removed >= group.size().min()).isTrue();
    }
  }

  private static void gangsAreWholeOrNotAtAll(ClusterSnapshot snapshot, ScaleUpPlan plan) {
    Map<String, Integer> placed = new HashMap<>();
    for (PodPlacement placement : plan.placements()) {
      for (Pod pod : snapshot.workloads().pods()) {
        if (pod.key().equals(placement.pod()) && pod.placement().gang() != null) {
          placed.merge(pod.placement().gang(), 1, Integer::sum);
        }
      }
    }
    assertThat(placed.values()).allMatch(count -> count >= GANG);
  }

  private static void everyNodeGoesOrStaysWithAReason(
      ClusterSnapshot snapshot, ScaleDownPlan plan) {
    List<String> answered = new ArrayList<>();
    plan.removals().forEach(removal -> answered.add(removal.node().value()));
    plan.kept().forEach(kept -> answered.add(kept.node().value()));
    assertThat(answered)
        .containsExactlyInAnyOrderElementsOf(
            snapshot.capacity().nodes().stream().map(each -> each.name().value()).toList());
  }

  private static ClusterSnapshot shuffled(ClusterSnapshot snapshot, Random random) {
    List<Pod> pods = new ArrayList<>(snapshot.workloads().pods());
    List<Node> nodes = new ArrayList<>(snapshot.capacity().nodes());
    List<NodeGroup> groups = new ArrayList<>(snapshot.capacity().groups());
    Collections.shuffle(pods, random);
    Collections.shuffle(nodes, random);
    Collections.shuffle(groups, random);
    ClusterSnapshot.Workloads workloads = snapshot.workloads();
    ClusterSnapshot.Capacity capacity = snapshot.capacity();
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(
            pods,
            workloads.podGroups(),
            workloads.daemonSets(),
            workloads.budgets(),
            workloads.namespaceLabels()),
        new ClusterSnapshot.Capacity(nodes, groups, capacity.instances(), capacity.failures()),
        snapshot.scaling(),
        snapshot.gpu(),
        snapshot.observedAt());
  }

  private static ClusterSnapshot world(Random random) {
    int small = random.nextInt(5);
    int large = random.nextInt(4);
    Cluster cluster =
        cluster()
            .with(
                group("large")
                    .size(random.nextInt(2), 2 + large + random.nextInt(3), large)
                    .offers("l", 8_000, 16_384, 2, 1.0),
                group("small")
                    .size(random.nextInt(3), 3 + small + random.nextInt(4), small)
                    .offers("s", 2_000, 8_192, 0, 0.1)
                    .offers("m", 4_000, 16_384, 0, 0.19))
            .gang("gang", GANG)
            .budget("budget", Map.of("app", "web"), random.nextInt(3));
    List<String> nodes = new ArrayList<>();
    for (int index = 0; index < small; index++) {
      nodes.add("small-" + index);
      cluster.node("small", "s", node("small-" + index).cpu(2_000));
    }
    for (int index = 0; index < large; index++) {
      nodes.add("large-" + index);
      cluster.node("large", "l", node("large-" + index).cpu(8_000).gpus(2));
    }
    int pods = 5 + random.nextInt(30);
    for (int index = 0; index < pods; index++) {
      cluster.with(randomPod(random, "p" + index, nodes));
    }
    int members = random.nextInt(GANG + 2);
    for (int index = 0; index < members; index++) {
      cluster.with(pod("g" + index).gpus(1).cpu(500).gang("gang"));
    }
    return cluster.snapshot();
  }

  private static Pods randomPod(Random random, String name, List<String> nodes) {
    Pods pod =
        pod(name)
            .cpu(50L * (1 + random.nextInt(40)))
            .memoryMi(64L * (1 + random.nextInt(40)))
            .priority(random.nextInt(3) * 100)
            .labels(Map.of("app", random.nextBoolean() ? "web" : "batch"));
    if (random.nextInt(4) == 0) {
      pod.gpuMilli(List.of(250, 470, 810).get(random.nextInt(3)));
    }
    if (random.nextInt(10) == 0) {
      pod.owner(null);
    }
    return nodes.isEmpty() || random.nextInt(3) > 0
        ? pod
        : pod.on(nodes.get(random.nextInt(nodes.size())));
  }
}
