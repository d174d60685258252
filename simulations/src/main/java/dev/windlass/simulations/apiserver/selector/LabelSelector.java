package dev.windlass.simulations.apiserver.selector;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Requirements on labels, all of which must hold. An empty selector selects everything. */
public record LabelSelector(List<Requirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /** How a label is compared. */
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER,
    LESS
  }

  /** One condition on one label. */
  public record Requirement(String key, Operator operator, Set<String> values) {
    public Requirement {
      values = Set.copyOf(values);
    }

    boolean matches(JsonNode labels) {
      JsonNode found = labels.path(key);
      boolean present = found.isString();
      return switch (operator) {
        case IN -> present && values.contains(found.stringValue());
        case NOT_IN -> !present || !values.contains(found.stringValue());
        case EXISTS -> present;
        case DOES_NOT_EXIST -> !present;
        case GREATER -> present && compare(found.stringValue()) > 0;
        case LESS -> present && compare(found.stringValue()) < 0;
      };
    }

    private int compare(String text) {
      try {
        return Long.compare(Long.parseLong(text), Long.parseLong(values.iterator().next()));
      } catch (NumberFormatException _) {
        return 0;
      }
    }
  }

  public boolean isEmpty() {
    return requirements.isEmpty();
  }

  /** Whether an object's labels fit. */
  public boolean matches(JsonNode object) {
    JsonNode labels = Json.at(object, "metadata", "labels");
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Reads a {@code LabelSelector} object: {@code matchLabels} and {@code matchExpressions}. */
  public static LabelSelector fromObject(JsonNode selector) {
    List<Requirement> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      all.add(new Requirement(label.getKey(), Operator.IN, Set.of(label.getValue().asString())));
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      Operator operator =
          switch (Json.string(expression, "operator")) {
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> Operator.IN;
          };
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(v -> values.add(v.asString()));
      all.add(new Requirement(Json.string(expression, "key"), operator, Set.copyOf(values)));
    }
    return new LabelSelector(all);
  }
}
