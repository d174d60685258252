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
  private final Map<ObjectKey, Integer> left = new HashMap<>();

  Budgets(List<DisruptionBudget> all) {
    this.all = all;
    all.forEach(budget -> left.put(budget.key(), budget.disruptionsAllowed()));
  }

  /** The first budget that has not enough left for all of these pods together. */
  Optional<DisruptionBudget> lacking(List<Pod> pods) {
    for (DisruptionBudget budget : all) {
      long wanted = pods.stream().filter(budget::protects).count();
      if (wanted > 0 && wanted > left.getOrDefault(budget.key(), 0)) {
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
    for (DisruptionBudget budget : all) {
      if (budget.protects(pod)) {
        left.merge(budget.key(), -1, Integer::sum);
      }
    }
    return true;
  }
}
