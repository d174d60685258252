package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A structural OpenAPI v3 schema of a custom resource, read once. */
public final class Schema {
  final JsonNode json;
  final String type;
  final Map<String, Schema> properties = new LinkedHashMap<>();
  final @Nullable Schema items;
  final @Nullable Schema values;
  final boolean intOrString;
  final boolean preserve;
  final boolean embedded;
  final boolean nullable;
  private @Nullable ExpressionRules expressions;

  private Schema(JsonNode json) {
    this.json = json;
    type = Json.string(json, "type");
    for (Map.Entry<String, JsonNode> entry : json.path("properties").properties()) {
      properties.put(entry.getKey(), new Schema(entry.getValue()));
    }
    items = json.path("items").isObject() ? new Schema(json.path("items")) : null;
    JsonNode additional = json.path("additionalProperties");
    values = additional.isObject() ? new Schema(additional) : null;
    intOrString = Json.isTrue(json, "x-kubernetes-int-or-string");
    preserve =
        Json.isTrue(json, "x-kubernetes-preserve-unknown-fields")
            || Json.isTrue(json, "additionalProperties");
    embedded = Json.isTrue(json, "x-kubernetes-embedded-resource");
    nullable = Json.isTrue(json, "nullable");
  }

  public static Schema of(JsonNode openApi) {
    return new Schema(openApi);
  }

  /** The schema of a member of an object; absent when the object is free in this member. */
  @Nullable Schema member(String name) {
    Schema known = properties.get(name);
    return known == null ? values : known;
  }

  /** The rules of this value alone; compiled when they are first asked for. */
  synchronized ExpressionRules expressions() {
    ExpressionRules known = expressions;
    if (known == null) {
      known = new ExpressionRules(this);
      expressions = known;
    }
    return known;
  }

  /** Whether rules are written for this value or for anything in it. */
  boolean hasExpressions() {
    return !json.path("x-kubernetes-validations").isEmpty()
        || properties.values().stream().anyMatch(Schema::hasExpressions)
        || (items != null && items.hasExpressions())
        || (values != null && values.hasExpressions());
  }

  JsonNode defaultValue() {
    return json.path("default");
  }

  List<String> listKeys() {
    List<String> keys = new ArrayList<>();
    json.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asString()));
    return keys;
  }

  String listType() {
    return Json.string(json, "x-kubernetes-list-type");
  }

  /** What server-side apply needs to know of the values. */
  public Shape shape() {
    if (intOrString) {
      return Shape.Scalar.INT_OR_STRING;
    }
    return switch (type) {
      case "object" -> objectShape();
      case "array" -> listShape();
      case "string" -> Shape.Scalar.STRING;
      case "integer" -> Shape.Scalar.INT64;
      case "number" -> Shape.Scalar.NUMBER;
      case "boolean" -> Shape.Scalar.BOOLEAN;
      default -> new Shape.Any();
    };
  }

  private Shape objectShape() {
    if (values != null && properties.isEmpty()) {
      return new Shape.MapOf(values.shape(), isAtomic());
    }
    if (properties.isEmpty() && preserve) {
      return new Shape.Any();
    }
    return struct("");
  }

  private boolean isAtomic() {
    return Json.string(json, "x-kubernetes-map-type").equals("atomic");
  }

  /** The members as a struct that also takes what it does not know. */
  public Shape.Struct struct(String name) {
    Shape.Struct struct = new Shape.Struct(name, true);
    properties.forEach((member, schema) -> struct.add(member, schema.shape()));
    return isAtomic() ? struct.setAtomic() : struct;
  }

  private Shape listShape() {
    Shape item = items == null ? new Shape.Any() : items.shape();
    Shape.Merge merge =
        switch (listType()) {
          case "map" -> Shape.Merge.by(listKeys());
          case "set" -> Shape.Merge.SET;
          default -> Shape.Merge.ATOMIC;
        };
    return new Shape.ListOf(item, merge, merge);
  }
}
