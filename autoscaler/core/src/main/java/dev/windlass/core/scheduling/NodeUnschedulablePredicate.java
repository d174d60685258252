package dev.windlass.core.scheduling;

import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Taint;
import java.util.Optional;

/** A cordoned node takes only pods that tolerate {@code node.kubernetes.io/unschedulable}. */
final class NodeUnschedulablePredicate implements NodePredicate {
  private static final Taint CORDON = Taint.noSchedule("node.kubernetes.io/unschedulable");

  @Override
  public Optional<Refusal> refuse(PodSpec pod, NodeFacts node) {
    boolean tolerated =
        pod.rules().tolerations().stream().anyMatch(toleration -> toleration.tolerates(CORDON));
    return node.unschedulable() && !tolerated
        ? Optional.of(
            new Refusal(Refusal.Rule.NODE_UNSCHEDULABLE, "node " + node.name() + " is cordoned"))
        : Optional.empty();
  }
}
