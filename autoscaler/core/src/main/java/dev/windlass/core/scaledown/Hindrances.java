package dev.windlass.core.scaledown;

import dev.windlass.core.model.ForeignTaints;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that keeps a node before anybody asks where its pods could go. */
final class Hindrances {
  private final Policy policy;
  private final Set<NodeName> countedOn;
  private final Instant now;

  Hindrances(Policy policy, Set<NodeName> countedOn, Instant now) {
    this.policy = policy;
    this.countedOn = countedOn;
    this.now = now;
  }

  /** Why the node stays, or empty when it may be emptied if that is possible. */
  Optional<Kept> of(Site site, NodeGroup group, double utilization) {
    Node node = site.node();
    if (group.settings().mode() == NodeGroup.Mode.PAUSED) {
      return kept(node, group, KeptReason.GROUP_PAUSED, "the group is paused", null);
    }
    if (!enabled(group) || "true".equals(node.annotations().get(Keys.SCALE_DOWN_DISABLED))) {
      return kept(node, group, KeptReason.SCALE_DOWN_DISABLED, "scale-down is switched off", null);
    }
    if ("true".equals(node.annotations().get(Keys.DO_NOT_DISRUPT))
        || "true".equals(node.annotations().get(Keys.KARPENTER_DO_NOT_DISRUPT))) {
      return kept(
          node, group, KeptReason.DO_NOT_DISRUPT, "the node asks not to be disrupted", null);
    }
    String foreign = ForeignTaints.removal(node).orElse(null);
    if (foreign != null) {
      String message = "another autoscaler is removing the node: it has the taint " + foreign;
      return kept(node, group, KeptReason.REMOVED_ELSEWHERE, message, null);
    }
    if (countedOn.contains(node.name())) {
      return kept(node, group, KeptReason.COUNTED_ON, "pending pods are about to use it", null);
    }
    if (site.standing() == NodeStanding.STARTING) {
      Instant until = node.status().createdAt().plus(group.settings().provisionTimeout());
      return kept(node, group, KeptReason.STARTING, "the node is starting", until);
    }
    if (site.standing() == NodeStanding.UNREADY) {
      return unready(node, group);
    }
    double threshold = threshold(group);
    return utilization > threshold
        ? kept(
            node,
            group,
            KeptReason.UTILIZED,
            Math.round(utilization * 100)
                + " % of it is requested, more than "
                + Math.round(threshold * 100)
                + " %",
            null)
        : Optional.empty();
  }

  private Optional<Kept> unready(Node node, NodeGroup group) {
    Instant since = node.status().readyChangedAt();
    Instant begin = since == null ? node.status().createdAt() : since;
    Instant until = begin.plus(policy.scaleDown().unreadyTime());
    boolean over = policy.assumeElapsed() || !now.isBefore(until);
    return over
        ? Optional.empty()
        : kept(node, group, KeptReason.UNREADY, "the node is not ready, it may recover", until);
  }

  private boolean enabled(NodeGroup group) {
    NodeGroup.ScaleDownOverride own = group.settings().scaleDown();
    if (own == null || own.enabled() == null) {
      return policy.scaleDown().enabled();
    }
    return own.enabled();
  }

  private double threshold(NodeGroup group) {
    NodeGroup.ScaleDownOverride own = group.settings().scaleDown();
    return own != null && own.utilizationThreshold() != null
        ? own.utilizationThreshold()
        : policy.scaleDown().utilizationThreshold();
  }

  static Optional<Kept> kept(
      Node node, NodeGroup group, KeptReason reason, String message, @Nullable Instant until) {
    return Optional.of(new Kept(node.name(), group.name(), reason, null, message, until));
  }
}
