package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which group a node belongs to, for all nodes of a snapshot; as {@code Capacity.groupOf}. */
final class GroupIndex {
  private final Map<NodeGroupName, NodeGroup> byName = new HashMap<>();
  private final Map<String, NodeGroupName> byMachine = new HashMap<>();

  private GroupIndex() {}

  static GroupIndex of(ClusterSnapshot.Capacity capacity) {
    GroupIndex index = new GroupIndex();
    for (NodeGroup group : capacity.groups()) {
      index.byName.put(group.name(), group);
    }
    for (Instance instance : capacity.instances()) {
      index.byMachine.put(instance.id().value(), instance.group());
    }
    return index;
  }

  Optional<NodeGroup> find(NodeGroupName name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<NodeGroup> of(Node node) {
    NodeGroupName owner = byMachine.get(node.spec().providerId());
    if (owner != null) {
      return find(owner);
    }
    String label = node.labels().get(Keys.NODE_GROUP);
    if (label != null) {
      return label.isBlank() ? Optional.empty() : find(new NodeGroupName(label));
    }
    return byName.values().stream()
        .filter(group -> !group.matchLabels().isEmpty())
        .filter(group -> node.labels().entrySet().containsAll(group.matchLabels().entrySet()))
        .min((left, right) -> left.name().compareTo(right.name()));
  }
}
