package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PlannedNode;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Turns what was bought and placed into a plan, with names and sentences. */
final class PlanWriter {
  private final Basket basket;
  private final Demand demand;
  private final ClusterMap map;
  private final Map<Slot, List<ObjectKey>> pods = new HashMap<>();
  private final Map<Slot, NewNode> newNodes = new HashMap<>();

  /** A node to come: its group and its number there. */
  private record NewNode(NodeGroupName group, int ordinal) {}

  PlanWriter(ClusterMap map, Basket basket, Demand demand) {
    this.map = map;
    this.basket = basket;
    this.demand = demand;
  }

  ScaleUpPlan write(List<Unhelped> unhelped) {
    Map<NodeGroupName, Integer> ordinals = new HashMap<>();
    map.upcoming().forEach((group, slots) -> slots.forEach(slot -> number(slot, group, ordinals)));
    for (BoughtNode bought : basket.bought()) {
      number(bought.slot(), bought.offer().group().name(), ordinals);
    }
    List<PodPlacement> placements = placements();
    placements.sort(Comparator.comparing(PodPlacement::pod));
    List<String> deferred =
        unhelped.stream()
            .flatMap(each -> each.reasons().stream())
            .filter(reason -> reason.rule() == UnhelpedRule.DEFERRED)
            .map(Unhelped.Reason::message)
            .distinct()
            .toList();
    return new ScaleUpPlan(increases(), placements, unhelped, planned(), deferred);
  }

  private void number(Slot slot, NodeGroupName group, Map<NodeGroupName, Integer> ordinals) {
    newNodes.put(slot, new NewNode(group, ordinals.merge(group, 1, Integer::sum)));
  }

  private List<PodPlacement> placements() {
    List<PodPlacement> placements = new ArrayList<>();
    demand.nominated().forEach((pod, node) -> placements.add(new PodPlacement.OnNode(pod, node)));
    Map<Demand.Member, Integer> next = new HashMap<>();
    for (Basket.Assigned assigned : basket.assigned()) {
      int from = next.getOrDefault(assigned.member(), 0);
      int to = from + assigned.count();
      next.put(assigned.member(), to);
      for (Pod pod : assigned.member().pods().subList(from, to)) {
        placements.add(placement(pod.key(), assigned.slot()));
        pods.computeIfAbsent(assigned.slot(), _ -> new ArrayList<>()).add(pod.key());
      }
    }
    return placements;
  }

  /** Who waits for which of the nodes that are awaited or bought now. */
  private Map<ObjectKey, PlannedNode> planned() {
    Map<Slot, PlannedNode> nodes = new HashMap<>();
    for (ClusterMap.Awaited each : map.awaited()) {
      nodes.put(each.slot(), new PlannedNode(each.group(), each.variant(), each.slot().name()));
    }
    for (BoughtNode each : basket.bought()) {
      nodes.put(
          each.slot(),
          new PlannedNode(
              each.offer().group().name(), each.offer().offering().variant(), each.slot().name()));
    }
    Map<ObjectKey, PlannedNode> planned = new HashMap<>();
    nodes.forEach(
        (slot, node) -> pods.getOrDefault(slot, List.of()).forEach(pod -> planned.put(pod, node)));
    return planned;
  }

  private PodPlacement placement(ObjectKey pod, Slot slot) {
    NewNode newNode = newNodes.get(slot);
    return newNode == null
        ? new PodPlacement.OnNode(pod, new NodeName(slot.name()))
        : new PodPlacement.OnNewNode(pod, newNode.group(), newNode.ordinal());
  }

  private List<GroupIncrease> increases() {
    Map<NodeGroupName, List<BoughtNode>> byGroup = new TreeMap<>();
    for (BoughtNode bought : basket.bought()) {
      byGroup.computeIfAbsent(bought.offer().group().name(), _ -> new ArrayList<>()).add(bought);
    }
    List<GroupIncrease> increases = new ArrayList<>();
    byGroup.values().forEach(bought -> increases.add(increase(bought)));
    return increases;
  }

  private GroupIncrease increase(List<BoughtNode> bought) {
    NodeGroup group = bought.getFirst().offer().group();
    Map<Variant, Integer> variants = new HashMap<>();
    List<ObjectKey> forPods = new ArrayList<>();
    long micros = 0;
    boolean known = true;
    for (BoughtNode each : bought) {
      variants.merge(each.offer().offering().variant(), 1, Integer::sum);
      forPods.addAll(pods.getOrDefault(each.slot(), List.of()));
      known &= each.offer().offering().price().known();
      micros += each.offer().offering().price().microsPerHour();
    }
    forPods.sort(Comparator.naturalOrder());
    Price price = known ? new Price(micros) : Price.UNKNOWN;
    return new GroupIncrease(
        group.name(),
        group.size().target(),
        group.size().target() + bought.size(),
        variants,
        forPods,
        price,
        reason(group, bought.size(), forPods.size(), price));
  }

  private static String reason(NodeGroup group, int nodes, int pods, Price price) {
    String cost =
        price.known() ? String.format(Locale.ROOT, " at %.2f USD an hour", price.usdPerHour()) : "";
    String need =
        pods == 0
            ? "the group's minimum is " + group.size().min()
            : pods + (pods == 1 ? " pod needs" : " pods need") + " room";
    return need + "; " + nodes + (nodes == 1 ? " node" : " nodes") + cost;
  }
}
