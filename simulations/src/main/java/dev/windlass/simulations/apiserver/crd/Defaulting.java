package dev.windlass.simulations.apiserver.crd;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in defaults; a null where none is allowed gives way to the default, or goes. */
public final class Defaulting {
  private Defaulting() {}

  /** Changes the object in place. */
  public static void apply(Schema schema, ObjectNode object) {
    for (Map.Entry<String, Schema> entry : schema.properties.entrySet()) {
      String name = entry.getKey();
      Schema member = entry.getValue();
      JsonNode value = object.path(name);
      JsonNode absent = member.defaultValue();
      if (value.isNull() && !member.nullable) {
        object.remove(name);
        value = object.path(name);
      }
      if (value.isMissingNode() && !absent.isMissingNode()) {
        object.set(name, absent.deepCopy());
      }
      descend(member, object.path(name));
    }
    if (schema.values != null) {
      Schema values = schema.values;
      object.properties().stream()
          .filter(e -> !schema.properties.containsKey(e.getKey()))
          .forEach(e -> descend(values, e.getValue()));
    }
  }

  private static void descend(Schema schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      apply(schema, object);
    } else if (value instanceof ArrayNode array && schema.items != null) {
      for (JsonNode item : array) {
        descend(schema.items, item);
      }
    }
  }
}
