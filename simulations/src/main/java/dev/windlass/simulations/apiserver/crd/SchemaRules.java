package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks values against a schema, and against its expressions where they can be asked. */
public final class SchemaRules {
  private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata");

  /** Faults with which an expression might not even be evaluated. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueTypeInvalid",
          "FieldValueRequired",
          "FieldValueNotSupported",
          "FieldValueTooLong",
          "FieldValueTooMany");

  private static final Cause UNCHECKED =
      Cause.invalid(
          "<nil>",
          "null",
          "some validation rules were not checked because the object was invalid; correct the"
              + " existing errors to complete validation");

  private final List<Cause> causes = new ArrayList<>();

  private SchemaRules() {}

  /**
   * Everything that is wrong with the object.
   *
   * @param before what it was, or null where it is new
   */
  public static List<Cause> check(Schema schema, ObjectNode object, @Nullable ObjectNode before) {
    SchemaRules rules = new SchemaRules();
    rules.members(schema, object, "", true);
    boolean asked = rules.causes.stream().noneMatch(cause -> BLOCKING.contains(cause.reason()));
    if (asked) {
      Expressions.check(schema, object, before, rules.causes);
    } else if (schema.hasExpressions()) {
      rules.causes.add(UNCHECKED);
    }
    return rules.causes;
  }

  /** Everything that is wrong with one value. */
  static List<Cause> checkValue(Schema schema, JsonNode value, String path) {
    SchemaRules rules = new SchemaRules();
    rules.value(schema, value, path);
    return rules.causes;
  }

  private void value(Schema schema, JsonNode value, String path) {
    if (value.isNull()) {
      if (!schema.nullable && !schema.type.isEmpty()) {
        wrongType(schema, value, path);
      }
      return;
    }
    if (!fits(schema, value)) {
      wrongType(schema, value, path);
      return;
    }
    enumeration(schema, value, path);
    if (value.isString()) {
      text(schema, value.stringValue(), path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    } else if (value instanceof ArrayNode array) {
      list(schema, array, path);
    } else if (value instanceof ObjectNode object) {
      members(schema, object, path, false);
    }
    combinations(schema, value, path);
  }

  private static boolean fits(Schema schema, JsonNode value) {
    if (schema.intOrString) {
      return value.isString() || value.isIntegralNumber();
    }
    return switch (schema.type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
      default -> true;
    };
  }

  private void wrongType(Schema schema, JsonNode value, String path) {
    String wanted = schema.intOrString ? "integer,string" : schema.type;
    String found = typeName(value);
    causes.add(
        Cause.wrongType(
            path,
            "\"" + found + "\"",
            path + " in body must be of type " + wanted + ": \"" + found + "\""));
  }

  private static String typeName(JsonNode value) {
    if (value.isNull()) {
      return "null";
    }
    if (value.isObject()) {
      return "object";
    }
    if (value.isArray()) {
      return "array";
    }
    if (value.isString()) {
      return "string";
    }
    return value.isBoolean() ? "boolean" : value.isIntegralNumber() ? "integer" : "number";
  }

  private void enumeration(Schema schema, JsonNode value, String path) {
    if (schema.json.path("enum") instanceof ArrayNode allowed) {
      List<String> texts = new ArrayList<>();
      for (JsonNode one : allowed) {
        if (one.equals(value)) {
          return;
        }
        texts.add(one.asString());
      }
      causes.add(Cause.unsupported(path, value.asString(), texts.toArray(String[]::new)));
    }
  }

  private void text(Schema schema, String text, String path) {
    long max = Json.integer(schema.json, Long.MAX_VALUE, "maxLength");
    long min = Json.integer(schema.json, 0, "minLength");
    if (text.codePointCount(0, text.length()) > max) {
      causes.add(Cause.tooLong(path, "may not be more than " + max + " bytes"));
    }
    if (text.codePointCount(0, text.length()) < min) {
      causes.add(
          Cause.quoted(path, text, path + " in body should be at least " + min + " chars long"));
    }
    String pattern = Json.string(schema.json, "pattern");
    if (!pattern.isEmpty() && !matches(pattern, text)) {
      causes.add(Cause.quoted(path, text, path + " in body should match '" + pattern + "'"));
    }
    String format = Json.string(schema.json, "format");
    if (!Formats.accepts(format, text)) {
      causes.add(
          Cause.quoted(
              path, text, path + " in body must be of type " + format + ": \"" + text + "\""));
    }
  }

  private static boolean matches(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException _) {
      return true;
    }
  }

  private void number(Schema schema, JsonNode value, String path) {
    double number = value.doubleValue();
    JsonNode min = schema.json.path("minimum");
    boolean open = Json.isTrue(schema.json, "exclusiveMinimum");
    if (min.isNumber() && (open ? number <= min.doubleValue() : number < min.doubleValue())) {
      limit(
          path,
          value,
          open ? "should be greater than " : "should be greater than or equal to ",
          min);
    }
    JsonNode max = schema.json.path("maximum");
    boolean below = Json.isTrue(schema.json, "exclusiveMaximum");
    if (max.isNumber() && (below ? number >= max.doubleValue() : number > max.doubleValue())) {
      limit(path, value, below ? "should be less than " : "should be less than or equal to ", max);
    }
    JsonNode step = schema.json.path("multipleOf");
    if (step.isNumber() && Math.IEEEremainder(number, step.doubleValue()) != 0) {
      limit(path, value, "should be a multiple of ", step);
    }
    String format = Json.string(schema.json, "format");
    if (format.equals("int32") && !value.canConvertToInt()) {
      limit(path, value, "must be of type int32: ", value);
    }
  }

  private void limit(String path, JsonNode value, String what, JsonNode bound) {
    causes.add(Cause.invalid(path, value.asString(), path + " in body " + what + bound.asString()));
  }

  private void list(Schema schema, ArrayNode array, String path) {
    long max = Json.integer(schema.json, Long.MAX_VALUE, "maxItems");
    long min = Json.integer(schema.json, 0, "minItems");
    if (array.size() > max) {
      causes.add(
          new Cause(
              "FieldValueTooMany",
              "Too many: " + array.size() + ": must have at most " + max + " items",
              path));
    }
    if (array.size() < min) {
      causes.add(
          Cause.invalid(
              path,
              Integer.toString(array.size()),
              path + " in body should have at least " + min + " items"));
    }
    doubles(schema, array, path);
    if (schema.items != null) {
      for (int i = 0; i < array.size(); i++) {
        value(schema.items, array.get(i), path + "[" + i + "]");
      }
    }
  }

  private void doubles(Schema schema, ArrayNode array, String path) {
    boolean keyed = schema.listType().equals("map");
    if (!keyed && !schema.listType().equals("set") && !Json.isTrue(schema.json, "uniqueItems")) {
      return;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode key = keyed ? keys(schema, array.get(i)) : array.get(i);
      if (!seen.add(key)) {
        causes.add(Cause.duplicate(path + "[" + i + "]", key.toString()));
      }
    }
  }

  private static JsonNode keys(Schema schema, JsonNode item) {
    ObjectNode keys = Json.object();
    schema.listKeys().forEach(name -> keys.set(name, item.path(name)));
    return keys;
  }

  private void members(Schema schema, ObjectNode object, String path, boolean root) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (JsonNode required : schema.json.path("required")) {
      JsonNode found = object.path(required.asString());
      if (found.isMissingNode()) {
        causes.add(Cause.required(prefix + required.asString(), ""));
      }
    }
    long max = Json.integer(schema.json, Long.MAX_VALUE, "maxProperties");
    if (object.size() > max) {
      causes.add(
          new Cause(
              "FieldValueTooMany",
              "Too many: " + object.size() + ": must have at most " + max + " items",
              path));
    }
    if (object.size() < Json.integer(schema.json, 0, "minProperties")) {
      causes.add(
          Cause.invalid(
              path, Integer.toString(object.size()), path + " in body has too few properties"));
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      Schema member = schema.member(entry.getKey());
      if (member != null && !(root && ROOT.contains(entry.getKey()))) {
        value(member, entry.getValue(), prefix + entry.getKey());
      }
    }
  }

  private void combinations(Schema schema, JsonNode value, String path) {
    for (JsonNode one : schema.json.path("allOf")) {
      value(Schema.of(one), value, path);
    }
    if (schema.intOrString) {
      return;
    }
    int any = matching(schema.json.path("anyOf"), value, path);
    if (schema.json.has("anyOf") && any == 0) {
      causes.add(
          Cause.invalid(path, "\"\"", path + " in body must validate at least one schema (anyOf)"));
    }
    int one = matching(schema.json.path("oneOf"), value, path);
    if (schema.json.has("oneOf") && one != 1) {
      causes.add(
          Cause.invalid(
              path, "\"\"", path + " in body must validate one and only one schema (oneOf)"));
    }
    if (schema.json.has("not") && holds(Schema.of(schema.json.path("not")), value, path)) {
      causes.add(Cause.invalid(path, "\"\"", path + " in body must not validate the schema (not)"));
    }
  }

  private static int matching(JsonNode schemas, JsonNode value, String path) {
    int count = 0;
    for (JsonNode one : schemas) {
      count += holds(Schema.of(one), value, path) ? 1 : 0;
    }
    return count;
  }

  private static boolean holds(Schema schema, JsonNode value, String path) {
    return checkValue(schema, value, path).isEmpty();
  }
}
