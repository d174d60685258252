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
  private final Instant now;

  /**
   * A context.
   *
   * @param budgets the cluster's disruption budgets
   * @param now the decision's time
   */
  DrainContext(List<DisruptionBudget> budgets, Instant now) {
    for (DisruptionBudget budget : budgets) {
      this.budgets.computeIfAbsent(budget.key().namespace(), _ -> new ArrayList<>()).add(budget);
    }
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** The budgets that protect a pod. */
  List<DisruptionBudget> protecting(Pod pod) {
    List<DisruptionBudget> near = budgets.get(pod.key().namespace());
    return near == null ? List.of() : near.stream().filter(each -> each.protects(pod)).toList();
  }
}
