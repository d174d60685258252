package dev.windlass.daemon.cloud;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.scheduling.GroupMembership;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.ActionPort;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets nothing through to a node group that is paused or only to be watched, nor to its nodes; and
 * nothing at all in a dry run.
 */
public final class GroupModes implements ActionPort {
  private final ActionPort port;
  private final Supplier<Optional<ClusterSnapshot>> latest;
  private final boolean dryRun;

  /**
   * A gate before a port.
   *
   * @param port what is let through goes there
   * @param latest the newest snapshot, which knows the groups' modes
   * @param dryRun whether nothing is let through at all
   */
  public GroupModes(ActionPort port, Supplier<Optional<ClusterSnapshot>> latest, boolean dryRun) {
    this.port = port;
    this.latest = latest;
    this.dryRun = dryRun;
  }

  @Override
  public ActionOutcome apply(Action action) {
    if (dryRun) {
      return new ActionOutcome.Refused(action, "dry run: nothing is changed");
    }
    return switch (mode(action)) {
      case ACTING -> port.apply(action);
      case DRY_RUN ->
          new ActionOutcome.Refused(action, "dry run: nothing is changed in its node group");
      case PAUSED -> new ActionOutcome.Refused(action, "its node group is paused");
    };
  }

  /** All are of one group, whose mode holds for all. */
  @Override
  public List<ActionOutcome> deleteTogether(List<Action.DeleteInstance> deletions) {
    return !dryRun && mode(deletions.getFirst()) == NodeGroup.Mode.ACTING
        ? port.deleteTogether(deletions)
        : ActionPort.super.deleteTogether(deletions);
  }

  private NodeGroup.Mode mode(Action action) {
    Optional<ClusterSnapshot> snapshot = latest.get();
    if (snapshot.isEmpty()) {
      return NodeGroup.Mode.ACTING;
    }
    ClusterSnapshot.Capacity capacity = snapshot.get().capacity();
    Optional<NodeGroupName> group =
        switch (action) {
          case Action.ScaleWorkload _ -> Optional.empty();
          case Action.IncreaseGroup increase -> Optional.of(increase.group());
          case Action.DeleteInstance delete -> Optional.of(delete.group());
          case Action.TaintForRemoval taint -> groupOf(capacity, taint.node());
          case Action.CancelRemoval cancel -> groupOf(capacity, cancel.node());
          case Action.EvictPod evict -> groupOf(capacity, evict.node());
          case Action.DeleteNodeObject forget -> groupOf(capacity, forget.node());
          case Action.AnnotateNode annotate -> groupOf(capacity, annotate.node());
          case Action.StartGpuStep step -> groupOf(capacity, step.node());
          case Action.ChangeGpuTaint change -> groupOf(capacity, change.node());
          case Action.RepairGpuNode repair -> groupOf(capacity, repair.node());
          case Action.ReportGpuHealth report -> groupOf(capacity, report.node());
          case Action.OpenGpuNode open -> groupOf(capacity, open.node());
        };
    return group.map(name -> mode(capacity, name)).orElse(NodeGroup.Mode.ACTING);
  }

  private static NodeGroup.Mode mode(ClusterSnapshot.Capacity capacity, NodeGroupName name) {
    return capacity.groups().stream()
        .filter(group -> group.name().equals(name))
        .map(group -> group.settings().mode())
        .findFirst()
        .orElse(NodeGroup.Mode.ACTING);
  }

  private static Optional<NodeGroupName> groupOf(ClusterSnapshot.Capacity capacity, NodeName name) {
    for (Node node : capacity.nodes()) {
      if (node.name().equals(name)) {
        return new GroupMembership(capacity).group(node).map(NodeGroup::name);
      }
    }
    return Optional.empty();
  }
}
