package dev.windlass.core.scaledown;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Pod;
import java.util.Optional;

/** A budget that allows no disruption keeps the pod where it is. */
final class DisruptionBudgetRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    for (DisruptionBudget budget : context.protecting(pod)) {
      if (budget.disruptionsAllowed() < 1) {
        return Optional.of(
            new DrainVerdict.Block(
                KeptReason.DISRUPTION_BUDGET,
                "disruption budget " + budget.key() + " allows no eviction of " + pod.key()));
      }
    }
    return Optional.empty();
  }
}
