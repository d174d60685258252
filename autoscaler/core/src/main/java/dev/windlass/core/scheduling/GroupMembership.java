package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Variant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which group each node belongs to: the one whose provider lists its machine, else the one that its
 * label names, else the first by name of those whose labels it has.
 */
public final class GroupMembership {
  private final Map<NodeGroupName, NodeGroup> groups = new HashMap<>();
  private final List<NodeGroup> byLabels;
  private final Map<String, Instance> instances = new HashMap<>();
  private final Set<String> registered = new HashSet<>();

  public GroupMembership(ClusterSnapshot.Capacity capacity) {
    capacity.groups().forEach(group -> groups.put(group.name(), group));
    byLabels =
        groups.values().stream()
            .filter(group -> !group.matchLabels().isEmpty())
            .sorted(Comparator.comparing(NodeGroup::name))
            .toList();
    capacity.instances().forEach(instance -> instances.put(instance.id().value(), instance));
    capacity.nodes().forEach(node -> registered.add(node.spec().providerId()));
  }

  /** The node's machine, or null when no cloud lists it. */
  public @Nullable Instance instance(Node node) {
    return node.spec().providerId().isEmpty() ? null : instances.get(node.spec().providerId());
  }

  /** Whether the machine has a Node object. */
  public boolean isRegistered(Instance instance) {
    return registered.contains(instance.id().value());
  }

  /** The node's group. */
  public Optional<NodeGroup> group(Node node) {
    Instance instance = instance(node);
    if (instance != null) {
      return Optional.ofNullable(groups.get(instance.group()));
    }
    String label = node.labels().get(Keys.NODE_GROUP);
    if (label != null) {
      return label.isBlank()
          ? Optional.empty()
          : Optional.ofNullable(groups.get(new NodeGroupName(label)));
    }
    return byLabels.stream()
        .filter(group -> node.labels().entrySet().containsAll(group.matchLabels().entrySet()))
        .findFirst();
  }

  /** A group by its name. */
  public @Nullable NodeGroup group(NodeGroupName name) {
    return groups.get(name);
  }

  /** What the node was bought as, as far as that can be told. */
  public Optional<Offering> offering(Node node, NodeGroup group) {
    Instance instance = instance(node);
    if (instance != null) {
      return offering(instance.variant(), group);
    }
    String type = node.labels().getOrDefault(Keys.INSTANCE_TYPE, "");
    String zone = node.labels().get(Keys.ZONE);
    return group.offerings().stream()
        .filter(each -> each.variant().instanceType().equals(type))
        .filter(each -> zone == null || each.variant().zone().equals(zone))
        .findFirst();
  }

  /** A group's offering of a variant. */
  public Optional<Offering> offering(Variant variant, NodeGroup group) {
    for (Offering offering : group.offerings()) {
      if (offering.variant().equals(variant)) {
        return Optional.of(offering);
      }
    }
    return Optional.empty();
  }
}
