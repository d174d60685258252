package dev.windlass.core.scheduling;

import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.TopologySpread;

/** Which nodes a topology spread constraint counts. */
final class SpreadInclusion {
  private static final NodePredicate SELECTOR = new NodeSelectorPredicate();
  private static final NodePredicate AFFINITY = new NodeAffinityPredicate();
  private static final NodePredicate TAINTS = new TaintTolerationPredicate();

  private SpreadInclusion() {}

  /** A node counts when it has all the pod's spread keys and passes what the policies honor. */
  static boolean counts(PodSpec owner, TopologySpread spread, NodeFacts node) {
    boolean keys =
        owner.rules().topologySpread().stream()
            .allMatch(each -> node.labels().containsKey(each.topologyKey()));
    boolean affinity =
        !spread.honorAffinity()
            || (SELECTOR.refuse(owner, node).isEmpty() && AFFINITY.refuse(owner, node).isEmpty());
    boolean taints = !spread.honorTaints() || TAINTS.refuse(owner, node).isEmpty();
    return keys && affinity && taints;
  }
}
