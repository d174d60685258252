package dev.windlass.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.PlannedNode;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.ScaleUpPlanner;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans, replayed in their order by the literal reading, each node joining with its first pod. */
class PlanReplayTest {
  private static final int PODS = 40;
  private static final int TYPES = 6;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyStepIsLegalAndNothingLeftOverFitsAnyNodeThatWasBought(long seed) {
    Random random = new Random(seed);
    Map<ObjectKey, Pod> pods = new LinkedHashMap<>();
    for (int index = 0; index < PODS; index++) {
      Pod pod = RandomClusters.pod(random, index);
      pods.put(pod.key(), pod);
    }
    List<NodeGroup> groups = List.of(group(random, "a"), group(random, "b"));
    ScaleUpPlan plan = plan(List.copyOf(pods.values()), groups);

    Map<String, LiteralScheduler.Host> hosts = new LinkedHashMap<>();
    for (PodPlacement placement : plan.placements()) {
      Pod pod = Objects.requireNonNull(pods.get(placement.pod()));
      PlannedNode node = Objects.requireNonNull(plan.planned().get(pod.key()));
      LiteralScheduler.Host host =
          hosts.computeIfAbsent(node.node(), name -> host(offering(groups, node), name));
      assertThat(new LiteralScheduler(List.copyOf(hosts.values()), Map.of()).fits(pod, host))
          .as("seed %s: %s on %s", seed, pod.key(), node)
          .isTrue();
      host.pods().add(pod);
    }
    for (Unhelped left : plan.unhelped()) {
      Pod pod = Objects.requireNonNull(pods.get(left.pod()));
      LiteralScheduler literal = new LiteralScheduler(List.copyOf(hosts.values()), Map.of());
      assertThat(hosts.values().stream().noneMatch(host -> takesNow(literal, pod, host)))
          .as("seed %s: %s fits nowhere", seed, pod.key())
          .isTrue();
    }
    assertThat(bought(plan)).as("seed %s: nodes", seed).isEqualTo(typesOfHosts(plan));
  }

  /** A pod with topology spread may wait for a domain that could be bought and is not there yet. */
  private static boolean takesNow(LiteralScheduler literal, Pod pod, LiteralScheduler.Host host) {
    return pod.spec().rules().topologySpread().isEmpty() && literal.fits(pod, host);
  }

  private static Map<Variant, Integer> bought(ScaleUpPlan plan) {
    Map<Variant, Integer> bought = new HashMap<>();
    for (GroupIncrease increase : plan.increases()) {
      increase.variants().forEach((variant, count) -> bought.merge(variant, count, Integer::sum));
    }
    return bought;
  }

  private static Map<Variant, Integer> typesOfHosts(ScaleUpPlan plan) {
    Map<Variant, Integer> types = new HashMap<>();
    plan.planned().values().stream()
        .distinct()
        .forEach(node -> types.merge(node.variant(), 1, Integer::sum));
    return types;
  }

  private static ScaleUpPlan plan(List<Pod> pods, List<NodeGroup> groups) {
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
            new ClusterSnapshot.Capacity(List.of(), groups, List.of(), List.of()),
            ClusterSnapshot.Scaling.NONE,
            ClusterSnapshot.Gpu.NONE,
            Map.of());
    ClusterMap map = ClusterMap.of(snapshot, AutoscalerState.EMPTY, List.of(), Pods.NOON);
    return ScaleUpPlanner.plan(map, List.of(), AutoscalerState.EMPTY, Policy.DEFAULT, Pods.NOON);
  }

  private static LiteralScheduler.Host host(Offering offering, String name) {
    return new LiteralScheduler.Host(
        NodeFacts.of(offering.template(), name),
        offering.template().allocatable(),
        new ArrayList<>(),
        true);
  }

  private static Offering offering(List<NodeGroup> groups, PlannedNode node) {
    return groups.stream()
        .filter(group -> group.name().equals(node.group()))
        .flatMap(group -> group.offerings().stream())
        .filter(offering -> offering.variant().equals(node.variant()))
        .findFirst()
        .orElseThrow();
  }

  /** Types of one to six cores in three zones, some without a disk that some pods ask for. */
  private static NodeGroup group(Random random, String name) {
    List<Offering> offerings = new ArrayList<>();
    for (int type = 1; type <= TYPES; type++) {
      String zone = "zone-" + random.nextInt(3);
      Variant variant = new Variant(name + type, zone, Purchase.ON_DEMAND);
      Map<String, String> labels =
          Map.of(Keys.ZONE, zone, "disk", random.nextBoolean() ? "ssd" : "hdd");
      Resources size =
          Resources.of(
              Map.of(
                  Resources.CPU,
                  1_000L * type,
                  Resources.MEMORY,
                  (long) (1 + random.nextInt(8)) << 30,
                  Resources.PODS,
                  1L + random.nextInt(6)));
      offerings.add(
          new Offering(
              variant,
              Price.ofUsdPerHour(type * (1 + random.nextDouble() / 4)),
              new NodeTemplate(labels, List.of(), List.of(), size)));
    }
    return new NodeGroup(
        new NodeGroupName(name),
        Identity.NONE,
        new NodeGroup.Size(0, 2 + random.nextInt(20), 0),
        offerings,
        NodeGroup.Settings.USUAL,
        Map.of());
  }
}
