package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * No eviction left fewer ready pods than their disruption budget demands. Counts the pods itself
 * and does not believe the budget's status.
 */
final class BudgetsHeld implements AuditRule {
  private final ClusterWatch watch;
  private final List<String> violations = new ArrayList<>();
  private int evictions;

  BudgetsHeld(ClusterWatch watch) {
    this.watch = watch;
  }

  @Override
  public synchronized void podChanged(Change<Pod> change) {
    if (!Evictions.begins(change)) {
      return;
    }
    evictions++;
    Pod evicted = change.latest();
    for (PodDisruptionBudget budget : watch.budgets()) {
      IntOrString minAvailable = budget.getSpec().getMinAvailable();
      if (minAvailable != null
          && protects(budget, evicted)
          && ready(budget, evicted) < minAvailable.getIntVal()) {
        violations.add(
            "eviction of %s left %d ready pods of %s, which demands %d"
                .formatted(
                    Pods.key(evicted),
                    ready(budget, evicted),
                    Pods.key(budget),
                    minAvailable.getIntVal()));
      }
    }
  }

  private long ready(PodDisruptionBudget budget, Pod evicted) {
    return watch.pods().stream()
        .filter(pod -> protects(budget, pod) && Pods.isReady(pod) && !Pods.isEnding(pod))
        .filter(pod -> !pod.getMetadata().getUid().equals(evicted.getMetadata().getUid()))
        .count();
  }

  private static boolean protects(PodDisruptionBudget budget, Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return pod.getMetadata().getNamespace().equals(budget.getMetadata().getNamespace())
        && labels != null
        && labels
            .entrySet()
            .containsAll(budget.getSpec().getSelector().getMatchLabels().entrySet());
  }

  @Override
  public synchronized String promise() {
    return "no pod was evicted against its disruption budget: " + evictions + " evictions";
  }

  @Override
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
