package dev.windlass.core.scaledown;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to empty a node.
 *
 * @param evictions the pods that must go elsewhere
 * @param waiting the first pod that ends by itself and is waited for, or null
 * @param obstacle what forbids it, or null
 */
record Drain(List<Pod> evictions, @Nullable Pod waiting, @Nullable Obstacle obstacle) {
  Drain {
    evictions = List.copyOf(evictions);
  }

  /** A pod that keeps its node. */
  record Obstacle(ObjectKey pod, KeptReason reason, String message) {}

  /** Judges every pod of a node. */
  static Drain of(List<Pod> pods, DrainContext context) {
    List<Pod> evictions = new ArrayList<>();
    Pod waiting = null;
    for (Pod pod : pods) {
      switch (DrainabilityRule.judgeAll(pod, context)) {
        case DrainVerdict.Skip _, DrainVerdict.EvictLast _ -> {}
        case DrainVerdict.Evict _ -> evictions.add(pod);
        case DrainVerdict.Wait _ -> waiting = pod;
        case DrainVerdict.Block(KeptReason reason, String message) -> {
          return new Drain(List.of(), null, new Obstacle(pod.key(), reason, message));
        }
      }
    }
    return new Drain(evictions, waiting, null);
  }
}
