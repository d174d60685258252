package dev.windlass.core.volumes;

import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what volumes ask of node labels with the labels that a node has. */
final class NodeLabels {
  private NodeLabels() {}

  /**
   * Whether a node satisfies a volume's node affinity. An alternative that asks for nothing holds
   * nowhere; expressions over fields are not looked at.
   */
  static boolean satisfy(@Nullable List<NodeSelectorTerm> affinity, Map<String, String> labels) {
    if (affinity == null) {
      return true;
    }
    for (NodeSelectorTerm term : affinity) {
      boolean empty = term.labels().isEmpty() && term.fields().isEmpty();
      if (!empty && term.labels().stream().allMatch(label -> label.matches(labels))) {
        return true;
      }
    }
    return false;
  }

  /** What is asked for and what is there, of the first expression that does not hold. */
  static String differing(List<Requirement> expressions, Map<String, String> labels) {
    for (Requirement each : expressions) {
      if (!each.matches(labels)) {
        String operator = each.operator().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String values = each.values().isEmpty() ? "" : " " + new TreeSet<>(each.values());
        String actual = labels.getOrDefault(each.key(), "not set");
        return each.key() + " is " + operator + values + ", on the node it is " + actual;
      }
    }
    return "no node is";
  }
}
