package dev.windlass.core.scheduling;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One alternative of the required node affinity must hold; an alternative without any expression
 * holds nowhere.
 */
final class NodeAffinityPredicate implements NodePredicate {
  @Override
  public Optional<Refusal> refuse(PodSpec pod, NodeFacts node) {
    List<NodeSelectorTerm> terms = pod.rules().nodeAffinity();
    if (terms == null || terms.stream().anyMatch(term -> holds(term, node))) {
      return Optional.empty();
    }
    return Optional.of(new Refusal(Refusal.Rule.NODE_AFFINITY, message(terms, node)));
  }

  private static boolean holds(NodeSelectorTerm term, NodeFacts node) {
    return !(term.labels().isEmpty() && term.fields().isEmpty())
        && term.labels().stream().allMatch(label -> label.matches(node.labels()))
        && NodeNamePredicate.namesNode(term, node);
  }

  private static String message(List<NodeSelectorTerm> terms, NodeFacts node) {
    for (NodeSelectorTerm term : terms) {
      for (Requirement label : term.labels()) {
        if (!label.matches(node.labels())) {
          String actual = node.labels().getOrDefault(label.key(), "not set");
          return "the pod's node affinity asks for "
              + label.key()
              + " "
              + words(label)
              + ", it is "
              + actual;
        }
      }
    }
    return "no alternative of the pod's node affinity holds";
  }

  private static String words(Requirement label) {
    String operator = label.operator().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return label.values().isEmpty() ? operator : operator + " " + new TreeSet<>(label.values());
  }
}
