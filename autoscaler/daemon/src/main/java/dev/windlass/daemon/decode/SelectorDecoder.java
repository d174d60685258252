package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Label selectors, and the expressions of node selectors. */
final class SelectorDecoder {
  /** Selects no object: an absent selector does in most places of the API. */
  static final LabelSelector NOTHING =
      new LabelSelector(Map.of(), List.of(new Requirement("", Requirement.Operator.IN, Set.of())));

  private static final Map<String, Requirement.Operator> LABEL_OPERATORS =
      Map.of(
          "In", Requirement.Operator.IN,
          "NotIn", Requirement.Operator.NOT_IN,
          "Exists", Requirement.Operator.EXISTS,
          "DoesNotExist", Requirement.Operator.DOES_NOT_EXIST);
  private static final Map<String, Requirement.Operator> FIELD_OPERATORS =
      Map.of("In", Requirement.Operator.IN, "NotIn", Requirement.Operator.NOT_IN);
  private static final Map<String, Requirement.Operator> NODE_OPERATORS =
      Map.of(
          "In", Requirement.Operator.IN,
          "NotIn", Requirement.Operator.NOT_IN,
          "Exists", Requirement.Operator.EXISTS,
          "DoesNotExist", Requirement.Operator.DOES_NOT_EXIST,
          "Gt", Requirement.Operator.GREATER,
          "Lt", Requirement.Operator.LESS);

  private SelectorDecoder() {}

  /** A label selector; an absent one selects nothing. */
  static LabelSelector decode(
      String field,
      io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector,
      Problems problems) {
    if (selector == null) {
      return NOTHING;
    }
    List<Requirement> expressions = new ArrayList<>();
    int index = 0;
    for (LabelSelectorRequirement each : Fields.list(selector.getMatchExpressions())) {
      Written written =
          new Written(
              field + ".matchExpressions[" + index++ + "]",
              Fields.text(each.getKey()),
              Fields.text(each.getOperator()),
              Fields.list(each.getValues()));
      requirement(written, LABEL_OPERATORS, problems).ifPresent(expressions::add);
    }
    Map<String, String> labels = Fields.map(selector.getMatchLabels());
    LabelSyntax.check(field + ".matchLabels", labels, problems);
    return new LabelSelector(labels, expressions);
  }

  /** The expressions of one list of a node selector's term. */
  static List<Requirement> nodeExpressions(
      String field, @Nullable List<NodeSelectorRequirement> written, Problems problems) {
    List<Requirement> expressions = new ArrayList<>();
    int index = 0;
    for (NodeSelectorRequirement each : Fields.list(written)) {
      Written one =
          new Written(
              field + "[" + index++ + "]",
              Fields.text(each.getKey()),
              Fields.text(each.getOperator()),
              Fields.list(each.getValues()));
      requirement(one, NODE_OPERATORS, problems).ifPresent(expressions::add);
    }
    return expressions;
  }

  /** The expressions of one list of {@code matchFields}: the node's name is the only field. */
  static List<Requirement> nodeFields(
      String field, @Nullable List<NodeSelectorRequirement> written, Problems problems) {
    List<Requirement> expressions = new ArrayList<>();
    int index = 0;
    for (NodeSelectorRequirement each : Fields.list(written)) {
      String at = field + "[" + index++ + "]";
      String key = Fields.text(each.getKey());
      List<String> values = Fields.list(each.getValues());
      Requirement.Operator operator = FIELD_OPERATORS.get(Fields.text(each.getOperator()));
      if (!key.equals("metadata.name")) {
        problems.add(at + ".key", key, "metadata.name");
      } else if (operator == null) {
        problems.add(at + ".operator", Fields.text(each.getOperator()), "In or NotIn");
      } else if (values.size() != 1) {
        problems.add(at + ".values", values.toString(), "exactly one name");
      } else {
        expressions.add(new Requirement(key, operator, Set.copyOf(values)));
      }
    }
    return expressions;
  }

  /**
   * The selector with the pod's own values of {@code matchLabelKeys} and {@code mismatchLabelKeys};
   * what the API server has folded in already is not added again.
   */
  static LabelSelector withKeys(
      LabelSelector selector,
      Map<String, String> podLabels,
      List<String> matchKeys,
      List<String> mismatchKeys) {
    List<Requirement> expressions = new ArrayList<>(selector.expressions());
    fold(expressions, podLabels, matchKeys, Requirement.Operator.IN);
    fold(expressions, podLabels, mismatchKeys, Requirement.Operator.NOT_IN);
    return new LabelSelector(selector.matchLabels(), expressions);
  }

  private static void fold(
      List<Requirement> expressions,
      Map<String, String> podLabels,
      List<String> keys,
      Requirement.Operator operator) {
    for (String key : keys) {
      String value = podLabels.get(key);
      if (value == null) {
        continue;
      }
      Requirement own = new Requirement(key, operator, Set.of(value));
      if (!expressions.contains(own)) {
        expressions.add(own);
      }
    }
  }

  private static Optional<Requirement> requirement(
      Written written, Map<String, Requirement.Operator> operators, Problems problems) {
    Requirement.Operator operator = operators.get(written.operator());
    if (operator == null) {
      problems.add(
          written.field() + ".operator",
          written.operator(),
          "one of " + String.join(", ", operators.keySet().stream().sorted().toList()));
      return Optional.empty();
    }
    LabelSyntax.checkKey(written.field() + ".key", written.key(), problems);
    Set<String> values = new HashSet<>(written.values());
    LabelSyntax.checkValues(written.field() + ".values", values, problems);
    String wrong = wrongValues(operator, values);
    if (!wrong.isEmpty()) {
      problems.add(written.field() + ".values", written.values().toString(), wrong);
      return Optional.empty();
    }
    return Optional.of(new Requirement(written.key(), operator, values));
  }

  /** What the operator's values should be, or nothing if they are. */
  private static String wrongValues(Requirement.Operator operator, Set<String> values) {
    return switch (operator) {
      case IN, NOT_IN -> values.isEmpty() ? "at least one value" : "";
      case EXISTS, DOES_NOT_EXIST -> values.isEmpty() ? "" : "no value";
      case GREATER, LESS ->
          values.size() == 1 && isInteger(values.iterator().next()) ? "" : "exactly one integer";
    };
  }

  private static boolean isInteger(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** An expression as it is written, and where. */
  private record Written(String field, String key, String operator, List<String> values) {}
}
