package dev.windlass.daemon.plan;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which group a node belongs to, for all nodes of a snapshot; as {@code Capacity.groupOf}. */
final class GroupIndex {
  private final Map<NodeGroupName, NodeGroup> byName = new HashMap<>();
  private final Map<String, NodeGroupName> byMachine = new HashMap<>();

  private GroupIndex() {}

  static GroupIndex of(ClusterSnapshot.Capacity capacity) {
    GroupIndex index = of(capacity.groups());
    for (Instance instance : capacity.instances()) {
      index.byMachine.put(instance.id().value(), instance.group());
    }
    return index;
  }

  /** Without a cloud. */
  static GroupIndex of(List<NodeGroup> groups) {
    GroupIndex index = new GroupIndex();
    groups.forEach(group -> index.byName.put(group.name(), group));
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
