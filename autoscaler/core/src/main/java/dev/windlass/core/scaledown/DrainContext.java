package dev.windlass.core.scaledown;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What drainability rules look at beside the pod. */
final class DrainContext {
  private final Map<String, List<DisruptionBudget>> budgets = new HashMap<>();
  private final int expendableBelow;
  private final Instant now;

  /**
   * A context.
   *
   * @param budgets the cluster's disruption budgets
   * @param expendableBelow pods with a lower priority keep no node
   * @param now the decision's time
   */
  DrainContext(List<DisruptionBudget> budgets, int expendableBelow, Instant now) {
    for (DisruptionBudget budget : budgets) {
      this.budgets.computeIfAbsent(budget.key().namespace(), _ -> new ArrayList<>()).add(budget);
    }
    this.expendableBelow = expendableBelow;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** Whether the pod is too unimportant to keep a node for. */
  boolean isExpendable(Pod pod) {
    return pod.spec().priority() < expendableBelow;
  }

  /** The budgets that protect a pod. */
  List<DisruptionBudget> protecting(Pod pod) {
    List<DisruptionBudget> near = budgets.get(pod.key().namespace());
    return near == null ? List.of() : near.stream().filter(each -> each.protects(pod)).toList();
  }
}
