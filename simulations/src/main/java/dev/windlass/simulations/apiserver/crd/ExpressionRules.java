package dev.windlass.simulations.apiserver.crd;

import dev.cel.bundle.Cel;
import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of one schema in the Common Expression Language, compiled against the schema's own
 * type. What they cost is not estimated.
 */
final class ExpressionRules {
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  private final List<Rule> rules = new ArrayList<>();
  private final List<Cause> mistakes = new ArrayList<>();

  private record Rule(
      JsonNode written,
      CelRuntime.Program program,
      CelRuntime.@Nullable Program message,
      boolean ofChanges) {}

  ExpressionRules(Schema schema) {
    JsonNode written = schema.json.path("x-kubernetes-validations");
    if (!written.isEmpty()) {
      Cel cel = ExpressionTypes.environment(schema);
      for (int i = 0; i < written.size(); i++) {
        compile(cel, written.get(i), "x-kubernetes-validations[" + i + "]");
      }
    }
  }

  private void compile(Cel cel, JsonNode rule, String path) {
    String text = Json.string(rule, "rule");
    String message = Json.string(rule, "messageExpression");
    try {
      rules.add(
          new Rule(
              rule,
              program(cel, text),
              message.isEmpty() ? null : program(cel, message),
              OLD_SELF.matcher(text).find()));
    } catch (CelValidationException | CelEvaluationException invalid) {
      mistakes.add(
          Cause.invalid(path + ".rule", rule.toString(), "compilation failed: " + invalid));
    }
  }

  private static CelRuntime.Program program(Cel cel, String text)
      throws CelValidationException, CelEvaluationException {
    return cel.createProgram(cel.compile(text).getAst());
  }

  /** What is wrong with the rules themselves, each with its path below the schema's. */
  List<Cause> mistakes() {
    return mistakes;
  }

  /**
   * Adds what a value breaks; a rule that speaks of the old value is skipped where there is none.
   */
  void check(
      Schema schema, JsonNode value, @Nullable JsonNode before, String path, List<Cause> causes) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", ExpressionTypes.value(schema, value));
    if (before != null) {
      variables.put("oldSelf", ExpressionTypes.value(schema, before));
    }
    for (Rule rule : rules) {
      if (!rule.ofChanges() || before != null) {
        check(rule, variables, value, path, causes);
      }
    }
  }

  private static void check(
      Rule rule, Map<String, Object> variables, JsonNode value, String path, List<Cause> causes) {
    String shown = value.isContainer() ? "" : value.toString();
    try {
      if (!Boolean.TRUE.equals(rule.program().eval(variables))) {
        causes.add(cause(rule, path, shown, message(rule, variables)));
      }
    } catch (CelEvaluationException failed) {
      causes.add(cause(rule, path, shown, "rule could not be evaluated: " + failed.getMessage()));
    }
  }

  private static Cause cause(Rule rule, String path, String shown, String message) {
    String reason = Json.string(rule.written(), "reason");
    String field = path + Json.string(rule.written(), "fieldPath");
    return switch (reason) {
      case "FieldValueForbidden" -> Cause.forbidden(field, message);
      case "FieldValueRequired" -> Cause.required(field, message);
      case "FieldValueDuplicate" -> Cause.duplicate(field, shown);
      default ->
          new Cause(
              "FieldValueInvalid",
              "Invalid value: " + (shown.isEmpty() ? "" : shown + ": ") + message,
              field);
    };
  }

  private static String message(Rule rule, Map<String, Object> variables) {
    String written = Json.string(rule.written(), "message");
    if (rule.message() != null) {
      try {
        return rule.message().eval(variables).toString();
      } catch (CelEvaluationException _) {
        // the plain message, or the rule itself, is what the server falls back to
      }
    }
    return written.isEmpty() ? "failed rule: " + Json.string(rule.written(), "rule") : written;
  }
}
