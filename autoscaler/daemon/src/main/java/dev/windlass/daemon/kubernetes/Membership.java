package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes belong to which group, by the rules of {@code Capacity.groupOf}, for all nodes at
 * once.
 */
record Membership(Map<NodeGroupName, List<Node>> byGroup) {
  static Membership of(
      Collection<NodeGroup> groups, Collection<Node> nodes, Collection<Instance> instances) {
    Map<String, NodeGroupName> byMachine = new HashMap<>();
    instances.forEach(each -> byMachine.put(each.id().value(), each.group()));
    Map<NodeGroupName, List<Node>> byGroup = new HashMap<>();
    for (Node node : nodes) {
      NodeGroupName group = groupOf(node, byMachine, groups);
      if (group != null) {
        byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(node);
      }
    }
    return new Membership(byGroup);
  }

  int count(NodeGroupName group) {
    return nodes(group).size();
  }

  int countReady(NodeGroupName group) {
    return (int) nodes(group).stream().filter(node -> node.status().ready()).count();
  }

  @Nullable Node newestReady(NodeGroupName group) {
    Node newest = null;
    for (Node node : nodes(group)) {
      boolean newer =
          newest == null || node.status().createdAt().isAfter(newest.status().createdAt());
      if (node.status().ready() && node.status().deletedAt() == null && newer) {
        newest = node;
      }
    }
    return newest;
  }

  private List<Node> nodes(NodeGroupName group) {
    return byGroup.getOrDefault(group, List.of());
  }

  private static @Nullable NodeGroupName groupOf(
      Node node, Map<String, NodeGroupName> byMachine, Collection<NodeGroup> groups) {
    NodeGroupName owner = byMachine.get(node.spec().providerId());
    if (owner != null) {
      return owner;
    }
    String label = node.labels().get(Keys.NODE_GROUP);
    if (label != null) {
      return label.isBlank() ? null : new NodeGroupName(label);
    }
    for (NodeGroup each : groups) {
      boolean matches =
          !each.matchLabels().isEmpty()
              && node.labels().entrySet().containsAll(each.matchLabels().entrySet());
      if (matches) {
        return each.name();
      }
    }
    return null;
  }
}
