package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.scheduling.GroupMembership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of each group, by the rule of {@link GroupMembership}, for all nodes at once. */
record Membership(Map<NodeGroupName, List<Node>> byGroup) {
  static Membership of(Capacity capacity) {
    GroupMembership membership = new GroupMembership(capacity);
    Map<NodeGroupName, List<Node>> byGroup = new HashMap<>();
    for (Node node : capacity.nodes()) {
      membership
          .group(node)
          .ifPresent(
              group -> byGroup.computeIfAbsent(group.name(), _ -> new ArrayList<>()).add(node));
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

  List<Node> nodes(NodeGroupName group) {
    return byGroup.getOrDefault(group, List.of());
  }
}
