package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.scheduling.GroupMembership;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks up groups and prices of nodes and machines. */
final class CapacityIndex {
  private final Map<NodeGroupName, NodeGroup> groups = new LinkedHashMap<>();
  private final Map<String, Instance> instances = new HashMap<>();
  private final Map<NodeName, NodeGroupName> groupOfNode = new LinkedHashMap<>();
  private final Map<NodeName, Node> nodes = new LinkedHashMap<>();
  private final Set<String> registered;

  private CapacityIndex(Capacity capacity) {
    capacity.groups().forEach(group -> groups.put(group.name(), group));
    capacity.instances().forEach(instance -> instances.put(instance.id().value(), instance));
    GroupMembership membership = new GroupMembership(capacity);
    for (Node node : capacity.nodes()) {
      nodes.put(node.name(), node);
      membership.group(node).ifPresent(group -> groupOfNode.put(node.name(), group.name()));
    }
    registered =
        capacity.nodes().stream()
            .map(node -> node.spec().providerId())
            .collect(Collectors.toUnmodifiableSet());
  }

  static CapacityIndex of(Capacity capacity) {
    return new CapacityIndex(capacity);
  }

  Optional<NodeGroup> group(NodeGroupName name) {
    return Optional.ofNullable(groups.get(name));
  }

  Optional<NodeGroupName> groupOf(NodeName node) {
    return Optional.ofNullable(groupOfNode.get(node));
  }

  Optional<Node> node(NodeName name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /** Nodes of each group, in the snapshot's order. */
  Map<NodeGroupName, List<Node>> nodesByGroup() {
    return groupOfNode.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                Collectors.mapping(
                    entry -> Optional.ofNullable(nodes.get(entry.getKey())).orElseThrow(),
                    Collectors.toList())));
  }

  /** Machines of each group that have no Node object. */
  Map<NodeGroupName, List<Instance>> unregisteredByGroup() {
    return instances.values().stream()
        .filter(instance -> !registered.contains(instance.id().value()))
        .collect(Collectors.groupingBy(Instance::group));
  }

  /** A machine's price. */
  Price priceOf(Instance instance) {
    return group(instance.group())
        .flatMap(group ->
            group.offerings().stream()
                .filter(offering -> offering.variant().equals(instance.variant()))
                .map(Offering::price)
                .findFirst())
        .orElse(Price.UNKNOWN);
  }

  /** A node's price: its machine's, else what its labels and its group's offerings leave open. */
  Price priceOf(Node node) {
    Instance instance = instances.get(node.spec().providerId());
    if (instance != null) {
      return priceOf(instance);
    }
    List<Price> prices =
        groupOf(node.name()).flatMap(this::group).stream()
            .flatMap(group -> group.offerings().stream())
            .filter(offering -> fits(offering, node))
            .map(Offering::price)
            .distinct()
            .toList();
    return prices.size() == 1 ? prices.getFirst() : Price.UNKNOWN;
  }

  private static boolean fits(Offering offering, Node node) {
    return agrees(node.labels().get(Keys.INSTANCE_TYPE), offering.variant().instanceType())
        && agrees(node.labels().get(Keys.ZONE), offering.variant().zone());
  }

  private static boolean agrees(@Nullable String label, String value) {
    return label == null || label.equals(value);
  }

  /** What runs now. */
  Total cost() {
    Total total = Total.NOTHING;
    for (NodeName name : groupOfNode.keySet()) {
      total = total.plus(priceOf(node(name).orElseThrow()));
    }
    for (List<Instance> machines : unregisteredByGroup().values()) {
      for (Instance machine : machines) {
        if (machine.state() != Instance.State.FAILED) {
          total = total.plus(priceOf(machine));
        }
      }
    }
    return total;
  }

  /**
   * A sum of prices.
   *
   * @param price the sum of those that are known
   * @param unknown how many are not
   */
  record Total(Price price, int unknown) {
    static final Total NOTHING = new Total(Price.FREE, 0);

    Total plus(Price other) {
      return other.known()
          ? new Total(new Price(price.microsPerHour() + other.microsPerHour()), unknown)
          : new Total(price, unknown + 1);
    }

    Total minus(Price other) {
      return other.known()
          ? new Total(
              new Price(Math.max(0, price.microsPerHour() - other.microsPerHour())), unknown)
          : this;
    }

    /** The sum, unless nothing at all is known. */
    Price shown() {
      return unknown > 0 && price.microsPerHour() == 0 ? Price.UNKNOWN : price;
    }
  }
}
