package dev.windlass.core.scheduling;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import java.util.Optional;
import java.util.Set;

/**
 * A rule that remembers what its pods took, in a form that neither a resource column nor a counter
 * has: volumes and devices. Asked only about shapes that have some ({@code spec.attachments()}).
 * What it reserves it gives back in reverse order, as kube-scheduler's Reserve and Unreserve do.
 */
interface ReservingRule {
  /** Free amounts of what the rule counts itself. */
  long UNCOUNTED = Long.MAX_VALUE >> 8;

  /** The resources that a node with these amounts has only by way of the rule. */
  default Set<String> backs(Resources allocatable) {
    return Set.of();
  }

  /** What of the shape Kubernetes would refuse wherever it runs. */
  default Optional<Refusal> invalid(PodShape shape) {
    return Optional.empty();
  }

  /** How many pods of the shape the slot takes now, at most so many as wanted. */
  int room(PodShape shape, Slot slot, int wanted);

  /** Why not a single one, or empty when there is room. */
  Optional<Refusal> refuse(PodShape shape, Slot slot);

  /** Takes what pods of the shape need there, fitting or not. */
  void reserve(PodShape shape, Slot slot, int count);

  /** Takes note of a pod that is there, or for which preemption makes room; never given back. */
  default void run(Pod pod, PodShape shape, Slot slot) {
    reserve(shape, slot, 1);
  }

  /** Gives back what the last such {@link #reserve} took. */
  void unreserve(PodShape shape, Slot slot, int count);
}
