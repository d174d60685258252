package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading.Cause;

/** What one metric comes to. */
sealed interface MetricResult {
  /**
   * A proposal.
   *
   * @param replicas the replicas that it asks for, before any limit
   * @param current its value as users read it
   */
  record Proposed(int replicas, String current) implements MetricResult {}

  /** No proposal, why, and what kind of failure it is. */
  record Failed(ReplicaReason reason, String message, Cause cause) implements MetricResult {}

  /** Rounds up as the HorizontalPodAutoscaler does, within the range of an int. */
  static int ceil(double replicas) {
    return (int) Math.ceil(replicas);
  }
}
