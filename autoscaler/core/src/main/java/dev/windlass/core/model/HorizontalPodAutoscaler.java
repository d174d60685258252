package dev.windlass.core.model;

/**
 * A HorizontalPodAutoscaler of the cluster: read, never written.
 *
 * @param key its name
 * @param target what it scales, in its own namespace
 * @param current the replicas that it saw when it last decided
 * @param desired the replicas that it then decided on; 0 before its first decision
 */
public record HorizontalPodAutoscaler(ObjectKey key, TargetRef target, int current, int desired) {
  /**
   * The size that its target is about to have. A decision about another size than the target's is
   * an old one and does not count.
   */
  public int sizeToCome(int targetReplicas) {
    return current == targetReplicas ? Math.max(desired, targetReplicas) : targetReplicas;
  }

  @Override
  public String toString() {
    return "HorizontalPodAutoscaler " + key;
  }
}
