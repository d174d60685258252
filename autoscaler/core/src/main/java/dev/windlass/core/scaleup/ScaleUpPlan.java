package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is bought, where every pending pod goes, and why some stay pending.
 *
 * @param increases groups that grow, by name
 * @param placements one for each pod that is helped
 * @param unhelped the others
 * @param deferred work that a bound left for the next tick, one sentence each
 */
public record ScaleUpPlan(
    List<GroupIncrease> increases,
    List<PodPlacement> placements,
    List<Unhelped> unhelped,
    List<String> deferred) {
  public static final ScaleUpPlan NOTHING =
      new ScaleUpPlan(List.of(), List.of(), List.of(), List.of());

  public ScaleUpPlan {
    increases = List.copyOf(increases);
    placements = List.copyOf(placements);
    unhelped = List.copyOf(unhelped);
    deferred = List.copyOf(deferred);
  }

  /** The existing nodes that pending pods are about to use; they are no candidates for removal. */
  public Set<NodeName> nodesCountedOn() {
    return placements.stream()
        .flatMap(placement ->
            switch (placement) {
              case PodPlacement.OnNode on -> java.util.stream.Stream.of(on.node());
              case PodPlacement.OnNewNode _ -> java.util.stream.Stream.<NodeName>empty();
            })
        .collect(Collectors.toUnmodifiableSet());
  }
}
