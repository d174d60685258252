package dev.windlass.core.scheduling;

import dev.windlass.core.model.Pod;
import java.util.Optional;

/**
 * A rule that remembers what its pods took, in a form that neither a resource column nor a counter
 * has: volumes and devices. Asked only about shapes that have some ({@code spec.attachments()}).
 * What it reserves it gives back in reverse order, as kube-scheduler's Reserve and Unreserve do.
 */
interface ReservingRule {
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
