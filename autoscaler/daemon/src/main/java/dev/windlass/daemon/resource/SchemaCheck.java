package dev.windlass.daemon.resource;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks a document against the structural schema of a CustomResourceDefinition, as an API server
 * with strict field validation does, and tells everything at once. CEL rules are left to the
 * mappings, which know the same rules with better words.
 */
final class SchemaCheck {
  private final Findings findings;

  SchemaCheck(Findings findings) {
    this.findings = findings;
  }

  /** Notes what is wrong with a value; null counts as absent. */
  void check(JsonNode value, JSONSchemaProps schema, String field) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      require(value.isString() || value.isNumber(), field, value, Texts.QUANTITY_EXPECTED);
      return;
    }
    switch (String.valueOf(schema.getType())) {
      case "object" -> checkObject(value, schema, field);
      case "array" -> checkArray(value, schema, field);
      case "string" -> checkString(value, schema, field);
      case "boolean" -> require(value.isBoolean(), field, value, "true or false");
      case "integer", "number" -> checkNumber(value, schema, field);
      default -> {
        // A schema without a type allows anything.
      }
    }
  }

  private void checkObject(JsonNode value, JSONSchemaProps schema, String field) {
    if (!require(value.isObject(), field, value, "a map of fields")) {
      return;
    }
    Map<String, JSONSchemaProps> known = new LinkedHashMap<>(properties(schema));
    if (field.isEmpty()) {
      List.of("apiVersion", "kind", "metadata").forEach(name -> known.put(name, anything()));
    }
    @Nullable JSONSchemaProps others = others(schema);
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      @Nullable JSONSchemaProps each = known.getOrDefault(property.getKey(), others);
      String place = field.isEmpty() ? property.getKey() : field + "." + property.getKey();
      if (each == null) {
        findings.missing(place, Suggestion.expected(property.getKey(), known.keySet()));
      } else if (!property.getValue().isNull()) {
        check(property.getValue(), each, place);
      }
    }
    checkRequired(value, schema, field);
  }

  private void checkRequired(JsonNode value, JSONSchemaProps schema, String field) {
    if (schema.getRequired() == null) {
      return;
    }
    for (String name : schema.getRequired()) {
      JsonNode present = value.get(name);
      if (present == null || present.isNull()) {
        findings.missing(field.isEmpty() ? name : field + "." + name, "a value, it is required");
      }
    }
  }

  private void checkArray(JsonNode value, JSONSchemaProps schema, String field) {
    if (!require(value.isArray(), field, value, "a list")) {
      return;
    }
    if (schema.getMaxItems() != null) {
      require(
          value.size() <= schema.getMaxItems(),
          field,
          value,
          "at most " + schema.getMaxItems() + " items");
    }
    if (schema.getItems() == null || schema.getItems().getSchema() == null) {
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      check(value.get(i), schema.getItems().getSchema(), field + "[" + i + "]");
    }
  }

  private void checkString(JsonNode value, JSONSchemaProps schema, String field) {
    if (!require(value.isString(), field, value, "a text; quote it when it looks like a number")) {
      return;
    }
    String text = value.stringValue();
    if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
      List<String> choices =
          schema.getEnum().stream().map(com.fasterxml.jackson.databind.JsonNode::asText).toList();
      require(choices.contains(text), field, value, "one of " + String.join(", ", choices));
    }
    if (schema.getMinLength() != null) {
      require(text.length() >= schema.getMinLength(), field, value, "a text that is not empty");
    }
    if (schema.getPattern() != null && !Pattern.compile(schema.getPattern()).matcher(text).find()) {
      String expected =
          schema.getPattern().equals(Texts.DURATION)
              ? Texts.DURATION_EXPECTED
              : "a text that matches " + schema.getPattern();
      findings.add(field, value, expected);
    }
  }

  private void checkNumber(JsonNode value, JSONSchemaProps schema, String field) {
    boolean whole = "integer".equals(schema.getType());
    boolean fits = whole ? value.isIntegralNumber() && value.canConvertToLong() : value.isNumber();
    if (!require(fits, field, value, whole ? "a whole number" : "a number")) {
      return;
    }
    if (schema.getMinimum() != null) {
      require(
          value.doubleValue() >= schema.getMinimum(),
          field,
          value,
          "a number of at least " + number(schema.getMinimum()));
    }
    if (schema.getMaximum() != null) {
      require(
          value.doubleValue() <= schema.getMaximum(),
          field,
          value,
          "a number of at most " + number(schema.getMaximum()));
    }
  }

  private boolean require(boolean holds, String field, JsonNode value, String expected) {
    return findings.require(holds, field.isEmpty() ? "the document" : field, value, expected);
  }

  private static String number(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }

  private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    return properties == null ? Map.of() : properties;
  }

  private static @Nullable JSONSchemaProps others(JSONSchemaProps schema) {
    @Nullable JSONSchemaPropsOrBool others = schema.getAdditionalProperties();
    return others == null ? null : others.getSchema();
  }

  private static JSONSchemaProps anything() {
    return new JSONSchemaProps();
  }
}
