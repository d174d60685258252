package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PlannedNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is bought, where every pending pod goes, and why some stay pending.
 *
 * @param increases groups that grow, by name
 * @param placements one for each pod that is helped
 * @param unhelped the others
 * @param planned the ordered node that each of these pods waits for
 * @param deferred work that a bound left for the next tick, one sentence each
 */
public record ScaleUpPlan(
    List<GroupIncrease> increases,
    List<PodPlacement> placements,
    List<Unhelped> unhelped,
    Map<ObjectKey, PlannedNode> planned,
    List<String> deferred) {
  public static final ScaleUpPlan NOTHING =
      new ScaleUpPlan(List.of(), List.of(), List.of(), List.of());

  public ScaleUpPlan {
    increases = List.copyOf(increases);
    placements = List.copyOf(placements);
    unhelped = List.copyOf(unhelped);
    planned = Map.copyOf(planned);
    deferred = List.copyOf(deferred);
  }

  /** A plan in which no pod waits for an ordered node. */
  public ScaleUpPlan(
      List<GroupIncrease> increases,
      List<PodPlacement> placements,
      List<Unhelped> unhelped,
      List<String> deferred) {
    this(increases, placements, unhelped, Map.of(), deferred);
  }

  /** The existing nodes that pending pods are about to use; they are no candidates for removal. */
  public Set<NodeName> nodesCountedOn() {
    Set<NodeName> nodes = new HashSet<>();
    for (PodPlacement placement : placements) {
      switch (placement) {
        case PodPlacement.OnNode on -> nodes.add(on.node());
        case PodPlacement.OnNewNode _ -> {}
      }
    }
    return Collections.unmodifiableSet(nodes);
  }
}
