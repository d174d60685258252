package dev.windlass.core.scaledown;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Pod;
import java.time.Instant;
import java.util.List;

/**
 * What drainability rules look at beside the pod.
 *
 * @param budgets the cluster's disruption budgets
 * @param expendableBelow pods with a lower priority keep no node
 * @param now the decision's time
 */
record DrainContext(List<DisruptionBudget> budgets, int expendableBelow, Instant now) {
  DrainContext {
    budgets = List.copyOf(budgets);
  }

  /** Whether the pod is too unimportant to keep a node for. */
  boolean isExpendable(Pod pod) {
    return pod.spec().priority() < expendableBelow;
  }

  /** The budgets that protect a pod. */
  List<DisruptionBudget> protecting(Pod pod) {
    return budgets.stream().filter(budget -> budget.protects(pod)).toList();
  }
}
