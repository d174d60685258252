package dev.windlass.core.scheduling;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Growth;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.PlannedNode;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes that have been ordered and have no Node object yet. A machine counts until its time to
 * register is over. An order for which the cloud lists no machine counts as what pods wait for, as
 * the decision that ordered it noted; where none is noted, as the group's first offering.
 */
final class UpcomingNodes {
  /** As they were bought, "new-9" before "new-10": the beginning of a plan is bought first. */
  private static final Comparator<PlannedNode> AS_BOUGHT =
      Comparator.comparing(UpcomingNodes::isMeant)
          .thenComparingInt(each -> each.node().length())
          .thenComparing(PlannedNode::node);

  private final ClusterSnapshot.Capacity capacity;
  private final GroupMembership membership;
  private final AutoscalerState state;
  private final Instant now;

  UpcomingNodes(
      ClusterSnapshot.Capacity capacity,
      GroupMembership membership,
      AutoscalerState state,
      Instant now) {
    this.capacity = capacity;
    this.membership = membership;
    this.state = state;
    this.now = now;
  }

  /** What each group will get. */
  SortedMap<NodeGroupName, List<Offering>> missing() {
    SortedMap<NodeGroupName, List<Offering>> missing = new TreeMap<>();
    Map<NodeGroupName, Integer> listed = new HashMap<>();
    List<Instance> instances = new ArrayList<>(capacity.instances());
    instances.sort(Comparator.comparing(instance -> instance.id().value()));
    for (Instance instance : instances) {
      NodeGroup group = membership.group(instance.group());
      if (group == null || !isAlive(instance)) {
        continue;
      }
      listed.merge(group.name(), 1, Integer::sum);
      if (!membership.isRegistered(instance) && inTime(instance, group)) {
        membership
            .offering(instance.variant(), group)
            .ifPresent(
                each -> missing.computeIfAbsent(group.name(), _ -> new ArrayList<>()).add(each));
      }
    }
    for (Node node : capacity.nodes()) {
      if (membership.instance(node) == null && node.status().deletedAt() == null) {
        membership.group(node).ifPresent(group -> listed.merge(group.name(), 1, Integer::sum));
      }
    }
    for (NodeGroup group : capacity.groups()) {
      addUnlisted(group, group.size().target() - listed.getOrDefault(group.name(), 0), missing);
    }
    return missing;
  }

  private void addUnlisted(
      NodeGroup group, int count, SortedMap<NodeGroupName, List<Offering>> missing) {
    Instant ordered = state.lastScaleUp().getOrDefault(group.name(), now);
    boolean over = !now.isBefore(ordered.plus(group.settings().provisionTimeout()));
    if (count <= 0 || over || group.offerings().isEmpty()) {
      return;
    }
    List<Offering> offerings = missing.computeIfAbsent(group.name(), _ -> new ArrayList<>());
    List<Offering> noted = noted(group, offerings);
    for (int each = 0; each < count; each++) {
      offerings.add(each < noted.size() ? noted.get(each) : group.offerings().getFirst());
    }
  }

  /** What pods wait for, but for the machines that are listed and the nodes that are there. */
  private List<Offering> noted(NodeGroup group, List<Offering> listed) {
    Set<PlannedNode> planned = new HashSet<>(state.planned().values());
    Map<Variant, Integer> known = new HashMap<>();
    listed.forEach(each -> known.merge(each.variant(), 1, Integer::sum));
    for (Node node : capacity.nodes()) {
      Offering offering =
          membership
              .group(node)
              .filter(its -> its.name().equals(group.name()))
              .flatMap(its -> membership.offering(node, its))
              .orElse(null);
      if (offering != null) {
        Variant variant = offering.variant();
        boolean awaited =
            planned.remove(new PlannedNode(group.name(), variant, node.name().value()));
        if (!awaited && !node.status().ready()) {
          known.merge(variant, 1, Integer::sum);
        }
      }
    }
    planned.removeIf(each -> !each.group().equals(group.name()));
    List<Offering> noted = new ArrayList<>();
    for (Variant variant : expected(group, planned)) {
      if (known.merge(variant, -1, Integer::sum) < 0) {
        membership.offering(variant, group).ifPresent(noted::add);
      }
    }
    return noted;
  }

  /**
   * What was awaited before, then what was asked for last; without a note of it, what was meant.
   */
  private List<Variant> expected(NodeGroup group, Set<PlannedNode> planned) {
    Growth growth = state.growths().get(group.name());
    Map<Variant, Integer> order =
        growth == null ? Map.of() : growth.orders().getOrDefault(group.size().target(), Map.of());
    List<Variant> expected = new ArrayList<>();
    planned.stream()
        .filter(each -> order.isEmpty() || !isMeant(each))
        .sorted(AS_BOUGHT)
        .forEach(each -> expected.add(each.variant()));
    order.entrySet().stream()
        .sorted(Comparator.comparing(each -> each.getKey().toString()))
        .forEach(each -> expected.addAll(Collections.nCopies(each.getValue(), each.getKey())));
    return expected;
  }

  private static boolean isMeant(PlannedNode node) {
    return node.node().contains("/new-");
  }

  private static boolean isAlive(Instance instance) {
    return instance.state() == Instance.State.CREATING
        || instance.state() == Instance.State.RUNNING;
  }

  private boolean inTime(Instance instance, NodeGroup group) {
    return group.settings().gpuStack() != null
        ? !state.hasFailedBootstrap(instance.id().value())
        : now.isBefore(instance.createdAt().plus(group.settings().provisionTimeout()));
  }
}
