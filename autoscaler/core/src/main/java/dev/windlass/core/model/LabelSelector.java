package dev.windlass.core.model;

import java.util.List;
import java.util.Map;

/**
 * A label selector: every label and every expression must hold; an empty one selects everything.
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> expressions) {
  /** Selects every object. */
  public static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());

  public LabelSelector {
    matchLabels = Map.copyOf(matchLabels);
    expressions = List.copyOf(expressions);
  }

  /** Whether an object with these labels is selected. */
  public boolean matches(Map<String, String> labels) {
    for (Map.Entry<String, String> label : matchLabels.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    for (Requirement expression : expressions) {
      if (!expression.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing is asked. */
  public boolean isEmpty() {
    return matchLabels.isEmpty() && expressions.isEmpty();
  }
}
