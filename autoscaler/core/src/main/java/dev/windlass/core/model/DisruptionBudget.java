package dev.windlass.core.model;

/**
 * A PodDisruptionBudget as its controller last counted it.
 *
 * @param key its name
 * @param selector the pods it protects
 * @param disruptionsAllowed how many of them may be evicted now
 */
public record DisruptionBudget(ObjectKey key, LabelSelector selector, int disruptionsAllowed) {
  /** Whether the pod is one of those it protects. */
  public boolean protects(Pod pod) {
    return pod.key().namespace().equals(key.namespace())
        && selector.matches(pod.metadata().labels());
  }
}
