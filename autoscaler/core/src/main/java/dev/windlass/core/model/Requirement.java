package dev.windlass.core.model;

import java.util.Map;
import java.util.Set;

/**
 * One expression of a label or node selector.
 *
 * @param key the label's name
 * @param operator how the label's value is compared
 * @param values what it is compared with; one integer for {@code GREATER} and {@code LESS}
 */
public record Requirement(String key, Operator operator, Set<String> values) {
  /** The operators of {@code matchExpressions}; the last two exist in node selectors only. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER,
    LESS
  }

  public Requirement {
    values = Set.copyOf(values);
  }

  /** Whether an object with these labels satisfies the expression. */
  public boolean matches(Map<String, String> labels) {
    String actual = labels.get(key);
    return switch (operator) {
      case IN -> actual != null && values.contains(actual);
      case NOT_IN -> actual == null || !values.contains(actual);
      case EXISTS -> actual != null;
      case DOES_NOT_EXIST -> actual == null;
      case GREATER -> actual != null && compare(actual) > 0;
      case LESS -> actual != null && compare(actual) < 0;
    };
  }

  /** Zero when either side is no integer, so that neither GREATER nor LESS holds. */
  private int compare(String actual) {
    if (values.size() != 1) {
      return 0;
    }
    try {
      return Long.compare(Long.parseLong(actual), Long.parseLong(values.iterator().next()));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
