package dev.windlass.core.scaledown;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is left of the disruption budgets in one decision. */
final class Budgets {
  private final List<DisruptionBudget> all;
  private final DrainContext context;
  private final Map<ObjectKey, Integer> left = new HashMap<>();

  Budgets(List<DisruptionBudget> all, DrainContext context) {
    this.all = all;
    this.context = context;
    all.forEach(budget -> left.put(budget.key(), budget.disruptionsAllowed()));
  }

  /** The first budget that has not enough left for all of these pods together. */
  Optional<DisruptionBudget> lacking(List<Pod> pods) {
    Map<ObjectKey, Integer> wanted = new HashMap<>();
    for (Pod pod : pods) {
      context.protecting(pod).forEach(each -> wanted.merge(each.key(), 1, Integer::sum));
    }
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    for (DisruptionBudget budget : all) {
      int evictions = wanted.getOrDefault(budget.key(), 0);
      if (evictions > 0 && evictions > left.getOrDefault(budget.key(), 0)) {
        return Optional.of(budget);
      }
    }
    return Optional.empty();
  }

  /** Takes one disruption from every budget of the pod, if all of them have one left. */
  boolean take(Pod pod) {
    if (lacking(List.of(pod)).isPresent()) {
      return false;
    }
    context.protecting(pod).forEach(each -> left.merge(each.key(), -1, Integer::sum));
    return true;
  }
}
