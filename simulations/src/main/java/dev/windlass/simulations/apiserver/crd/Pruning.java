package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes away members that a schema does not know, and names them. */
public final class Pruning {
  private static final Set<String> ROOT = Set.of("apiVersion", "kind", "metadata");
  private final List<String> unknown = new ArrayList<>();

  /** Paths of what was taken away. */
  public List<String> unknown() {
    return List.copyOf(unknown);
  }

  /** The object without unknown members; the argument is not changed. */
  public ObjectNode prune(Schema schema, ObjectNode object) {
    return object(schema, object, "", true);
  }

  private ObjectNode object(Schema schema, ObjectNode object, String path, boolean root) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      String here = path.isEmpty() ? name : path + "." + name;
      Schema member = schema.member(name);
      if (root && ROOT.contains(name)) {
        result.set(name, entry.getValue());
      } else if (member != null) {
        result.set(name, value(member, entry.getValue(), here));
      } else if (schema.preserve || schema.values != null) {
        result.set(name, entry.getValue().deepCopy());
      } else {
        unknown.add(here);
      }
    }
    return result;
  }

  private JsonNode value(@Nullable Schema schema, JsonNode value, String path) {
    if (schema == null) {
      return value.deepCopy();
    }
    if (value instanceof ObjectNode object) {
      return object(schema, object, path, schema.embedded);
    }
    if (value instanceof ArrayNode array && schema.items != null) {
      ArrayNode result = Json.array();
      for (int i = 0; i < array.size(); i++) {
        result.add(value(schema.items, array.get(i), path + "[" + i + "]"));
      }
      return result;
    }
    return value.deepCopy();
  }
}
