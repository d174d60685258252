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
  private final DrainContext context;
  private final Map<ObjectKey, Integer> left = new HashMap<>();

  Budgets(List<DisruptionBudget> all, DrainContext context) {
    this.context = context;
    all.forEach(budget -> left.put(budget.key(), budget.disruptionsAllowed()));
  }

  /**
   * The first budget of these pods that has nothing left. Where one has some left, but not for all
   * of them at once, they go one after the other, each when the one before runs elsewhere.
   */
  Optional<DisruptionBudget> exhausted(List<Pod> pods) {
    return pods.stream()
        .flatMap(pod -> context.protecting(pod).stream())
        .filter(budget -> left.getOrDefault(budget.key(), 0) < 1)
        .findFirst();
  }

  /** Takes one disruption from every budget of the pod, if all of them have one left. */
  boolean take(Pod pod) {
    if (exhausted(List.of(pod)).isPresent()) {
      return false;
    }
    context.protecting(pod).forEach(each -> left.merge(each.key(), -1, Integer::sum));
    return true;
  }
}
