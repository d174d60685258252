package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.util.Optional;

/** Whoever runs the pod has said that it may be evicted, whatever the rules below say. */
final class SafeToEvictRule implements DrainabilityRule {
  private static DrainVerdict budgeted(Pod pod, DrainContext context) {
    return new DisruptionBudgetRule().judge(pod, context).orElseGet(DrainVerdict.Evict::new);
  }

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return "true".equals(pod.metadata().annotations().get(Keys.SAFE_TO_EVICT))
        ? Optional.of(budgeted(pod, context))
        : Optional.empty();
  }
}
