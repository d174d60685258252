package dev.windlass.core.scheduling;

import dev.windlass.core.model.PodSpec;
import java.util.List;
import java.util.Optional;

/**
 * A rule of kube-scheduler that looks at a pod's spec and at a node, at nothing else; so one answer
 * holds for all pods of a spec and all nodes with equal facts.
 */
@FunctionalInterface
interface NodePredicate {
  /** The rules, in kube-scheduler's order. */
  List<NodePredicate> ORDERED =
      List.of(
          new NodeNamePredicate(),
          new NodeUnschedulablePredicate(),
          new TaintTolerationPredicate(),
          new NodeSelectorPredicate(),
          new NodeAffinityPredicate());

  /** Why the pod can't run there, or empty when this rule lets it. */
  Optional<Refusal> refuse(PodSpec pod, NodeFacts node);

  /** The first refusal of all rules. */
  static Optional<Refusal> refuseAny(PodSpec pod, NodeFacts node) {
    for (NodePredicate predicate : ORDERED) {
      Optional<Refusal> refusal = predicate.refuse(pod, node);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }
}
