package dev.windlass.core.scheduling;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod whose node affinity names nodes by {@code metadata.name} alone can't run on another one.
 * The DaemonSet controller binds its pods in this way. ({@code spec.nodeName} itself is no wish: a
 * pod that has it is bound.)
 */
final class NodeNamePredicate implements NodePredicate {
  @Override
  public Optional<Refusal> refuse(PodSpec pod, NodeFacts node) {
    List<NodeSelectorTerm> terms = pod.rules().nodeAffinity();
    if (terms == null || terms.isEmpty()) {
      return Optional.empty();
    }
    for (NodeSelectorTerm term : terms) {
      if (term.fields().isEmpty() || namesNode(term, node)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Refusal(
            Refusal.Rule.NODE_NAME, "the pod asks for a node by name, and not for " + node.name()));
  }

  static boolean namesNode(NodeSelectorTerm term, NodeFacts node) {
    for (Requirement field : term.fields()) {
      if (!field.matches(Map.of(field.key(), node.name()))) {
        return false;
      }
    }
    return true;
  }
}
