package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.util.Optional;

/** Whoever runs the pod has said that it must not be evicted. */
final class NotSafeToEvictRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return "false".equals(pod.metadata().annotations().get(Keys.SAFE_TO_EVICT))
        ? Optional.of(
            new DrainVerdict.Block(
                KeptReason.NOT_SAFE_TO_EVICT,
                "pod " + pod.key() + " has the annotation " + Keys.SAFE_TO_EVICT + "=false"))
        : Optional.empty();
  }
}
