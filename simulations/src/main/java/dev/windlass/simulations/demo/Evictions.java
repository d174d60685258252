package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/** Recognizes a pod's eviction through the eviction subresource. */
final class Evictions {
  private Evictions() {}

  /** Whether this change is the begin of an eviction. */
  static boolean begins(Change<Pod> change) {
    return isEvicted(change.after()) && !isEvicted(change.before());
  }

  private static boolean isEvicted(@Nullable Pod pod) {
    return pod != null
        && Pods.isEnding(pod)
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(condition ->
                "DisruptionTarget".equals(condition.getType())
                    && "EvictionByEvictionAPI".equals(condition.getReason()));
  }
}
