package dev.windlass.core.scaledown;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Pod;
import java.time.Instant;
import java.util.List;

/**
 * What drainability rules look at beside the pod.
 *
 * @param budgets the cluster's disruption budgets
 * @param now the decision's time
 */
record DrainContext(List<DisruptionBudget> budgets, Instant now) {
  DrainContext {
    budgets = List.copyOf(budgets);
  }

  /** The budgets that protect a pod. */
  List<DisruptionBudget> protecting(Pod pod) {
    return budgets.stream().filter(budget -> budget.protects(pod)).toList();
  }
}
