package dev.windlass.core.decision;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Growth;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.ScaleUpPlan;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Since when each group grows from its present target. An increase that is decided again while the
 * cloud has not shown the new target is the same one; after a change of the target, a clear failure
 * or a deletion, it is another.
 */
final class Growths {
  private Growths() {}

  /** What the next decision must know of the increases of this one and of those before. */
  static Map<NodeGroupName, Growth> next(
      ClusterSnapshot snapshot,
      AutoscalerState state,
      ScaleUpPlan scaleUp,
      ScaleDownPlan scaleDown,
      Instant now) {
    Set<NodeGroupName> shrinking = new HashSet<>();
    for (Action step : scaleDown.steps()) {
      if (step instanceof Action.DeleteInstance delete) {
        shrinking.add(delete.group());
      }
    }
    scaleUp.increases().forEach(increase -> shrinking.remove(increase.nodeGroup()));
    Map<NodeGroupName, Growth> next = new HashMap<>();
    for (NodeGroup group : snapshot.capacity().groups()) {
      Growth known = state.growths().get(group.name());
      if (known != null
          && known.from() == group.size().target()
          && !shrinking.contains(group.name())
          && !hasFailed(snapshot, group.name(), known)) {
        next.put(group.name(), known);
      }
    }
    for (GroupIncrease increase : scaleUp.increases()) {
      Growth growth = next.getOrDefault(increase.nodeGroup(), new Growth(increase.from(), now));
      next.put(increase.nodeGroup(), growth.asking(increase.to(), increase.variants()));
    }
    return next;
  }

  /** The growth that an increase belongs to. */
  static Growth of(Map<NodeGroupName, Growth> growths, GroupIncrease increase) {
    return Objects.requireNonNull(growths.get(increase.nodeGroup()));
  }

  /** A cloud that was unavailable may have done it all the same: asking again is a retry. */
  private static boolean hasFailed(ClusterSnapshot snapshot, NodeGroupName group, Growth growth) {
    for (GroupFailure each : snapshot.capacity().failures()) {
      if (each.group().equals(group)
          && !each.at().isBefore(growth.since())
          && each.failure().cause() != CloudFailure.Cause.TRANSIENT) {
        return true;
      }
    }
    return false;
  }
}
