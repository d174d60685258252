package dev.windlass.core.scheduling;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ForeignTaints;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Taint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what each node is good for. */
final class Standings {
  /** Taints that the node controller takes away by itself once the node is ready. */
  private static final List<String> READINESS_TAINTS =
      List.of(
          "node.kubernetes.io/not-ready",
          "node.kubernetes.io/network-unavailable",
          "node.cloudprovider.kubernetes.io/uninitialized");

  private final GroupMembership membership;
  private final AutoscalerState state;
  private final Instant now;

  Standings(GroupMembership membership, AutoscalerState state, Instant now) {
    this.membership = membership;
    this.state = state;
    this.now = now;
  }

  NodeStanding of(Node node) {
    Instance instance = membership.instance(node);
    boolean deleting =
        instance != null && (instance.state() == Instance.State.DELETING || instance.endsSoon(now));
    if (deleting || node.status().deletedAt() != null || node.hasTaint(Keys.DISRUPTED)) {
      return NodeStanding.LEAVING;
    }
    NodeGroup group = membership.group(node).orElse(null);
    if (group == null) {
      return node.status().ready() ? NodeStanding.READY : NodeStanding.UNREADY;
    }
    Offering offering = membership.offering(node, group).orElse(null);
    boolean gpu = group.settings().gpuStack() != null;
    boolean waits =
        !node.status().ready()
            || (gpu ? state.isBootstrapping(node) : lacksDevices(node, group, offering))
            || node.spec().taints().stream().anyMatch(taint -> isPassing(taint, offering));
    if (!waits) {
      return NodeStanding.READY;
    }
    boolean bootstraps = gpu && (node.hasTaint(Keys.GPU_NOT_READY) || state.isBootstrapping(node));
    boolean inTime =
        bootstraps
            ? !state.hasFailedBootstrap(node.spec().providerId())
            : now.isBefore(node.status().createdAt().plus(group.settings().provisionTimeout()));
    return inTime ? NodeStanding.STARTING : NodeStanding.UNREADY;
  }

  /** A device plugin that nobody here installs may come some time after its node is ready. */
  private boolean lacksDevices(Node node, NodeGroup group, @Nullable Offering offering) {
    return offering != null
        && now.isBefore(node.status().createdAt().plus(group.settings().provisionTimeout()))
        && offering.template().allocatable().amounts().entrySet().stream()
            .anyMatch(each ->
                each.getKey().contains("/")
                    && each.getValue() > 0
                    && node.status().allocatable().get(each.getKey()) == 0);
  }

  /** Whether a taint goes away by itself while its node starts. */
  static boolean isPassing(Taint taint, @Nullable Offering offering) {
    return READINESS_TAINTS.contains(taint.key())
        || taint.key().equals(Keys.GPU_NOT_READY)
        || ForeignTaints.isPassing(taint)
        || (offering != null
            && offering.template().startupTaints().stream()
                .anyMatch(each -> each.key().equals(taint.key())));
  }
}
