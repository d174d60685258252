package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other autoscalers of nodes that run in the cluster, and what they scale. Two that scale the
 * same nodes undo each other's work, so a group that another one scales is left to it.
 *
 * @param clusterAutoscaler the node groups that a running Cluster Autoscaler scales, by its names
 *     for them; empty when it doesn't say; null when none runs
 * @param nodePools the names of Karpenter's NodePools
 */
public record OtherAutoscalers(@Nullable Set<String> clusterAutoscaler, Set<String> nodePools) {
  /** There is no other. */
  public static final OtherAutoscalers NONE = new OtherAutoscalers(null, Set.of());

  public OtherAutoscalers {
    clusterAutoscaler = clusterAutoscaler == null ? null : Set.copyOf(clusterAutoscaler);
    nodePools = Set.copyOf(nodePools);
  }

  /** The groups that another autoscaler scales too, each with a sentence that says so. */
  Map<NodeGroupName, String> conflicts(List<NodeGroupDefinition> definitions, Membership members) {
    Map<NodeGroupName, String> conflicts = new HashMap<>();
    for (NodeGroupDefinition definition : definitions) {
      NodeGroupName name = definition.group().name();
      clusterAutoscalers(definition)
          .or(() -> karpenters(members.nodes(name)))
          .ifPresent(sentence -> conflicts.put(name, sentence));
    }
    return conflicts;
  }

  private Optional<String> clusterAutoscalers(NodeGroupDefinition definition) {
    ProviderReference provider = definition.provider();
    if (clusterAutoscaler == null || provider == null) {
      return Optional.empty();
    }
    if (clusterAutoscaler.isEmpty()) {
      return Optional.of(
          "a Cluster Autoscaler runs and does not say which groups it scales: stop one of the two");
    }
    return clusterAutoscaler.stream().anyMatch(each -> isSame(each, provider.cloudId()))
        ? Optional.of(
            "a running Cluster Autoscaler scales "
                + provider.cloudId()
                + ": take it from one of the two")
        : Optional.empty();
  }

  /** Either may write the whole path where the other writes the last part. */
  private static boolean isSame(String one, String other) {
    return last(one).equals(last(other));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private Optional<String> karpenters(List<Node> nodes) {
    for (Node node : nodes) {
      String pool = node.labels().get(Keys.KARPENTER_NODE_POOL);
      if (pool != null && nodePools.contains(pool)) {
        return Optional.of(
            "Karpenter's NodePool "
                + pool
                + " scales its node "
                + node.name()
                + ": delete one of the two");
      }
    }
    return Optional.empty();
  }
}
