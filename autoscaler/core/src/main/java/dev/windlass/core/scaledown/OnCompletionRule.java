package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.util.Optional;

/** A pod that must not be evicted but will end by itself. */
final class OnCompletionRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return "on-completion".equals(pod.metadata().annotations().get(Keys.SAFE_TO_EVICT))
        ? Optional.of(new DrainVerdict.Wait("pod " + pod.key() + " runs to its end first"))
        : Optional.empty();
  }
}
