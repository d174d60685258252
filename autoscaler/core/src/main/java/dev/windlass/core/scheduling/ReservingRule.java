package dev.windlass.core.scheduling;

import java.util.Optional;

/**
 * A rule that remembers what its pods took, in a form that neither a resource column nor a counter
 * has: volumes and devices. Asked only about shapes that have some ({@code spec.attachments()}).
 * What it reserves it gives back in reverse order, as kube-scheduler's Reserve and Unreserve do.
 */
interface ReservingRule {
  /** How many pods of the shape the slot takes now, at most so many as wanted. */
  int room(PodShape shape, Slot slot, int wanted);

  /** Why not a single one, or empty when there is room. */
  Optional<Refusal> refuse(PodShape shape, Slot slot);

  /** Takes what pods of the shape need there, fitting or not. */
  void reserve(PodShape shape, Slot slot, int count);

  /** Gives back what the last such {@link #reserve} took. */
  void unreserve(PodShape shape, Slot slot, int count);
}
