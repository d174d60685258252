package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.Cause;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the rules of a schema, and of everything in it, over an object and what it was before. */
final class Expressions {
  private final List<Cause> causes;

  private Expressions(List<Cause> causes) {
    this.causes = causes;
  }

  /** Adds what the object breaks. */
  static void check(Schema schema, JsonNode object, @Nullable JsonNode before, List<Cause> causes) {
    new Expressions(causes).walk(schema, object, before, "");
  }

  private void walk(Schema schema, JsonNode value, @Nullable JsonNode before, String path) {
    if (value.isNull() || !schema.hasExpressions()) {
      return;
    }
    schema.expressions().check(schema, value, before, path, causes);
    if (value instanceof ObjectNode object) {
      String prefix = path.isEmpty() ? "" : path + ".";
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema member = schema.member(entry.getKey());
        if (member != null) {
          JsonNode old = before == null ? null : before.get(entry.getKey());
          walk(member, entry.getValue(), old, prefix + entry.getKey());
        }
      }
    } else if (value instanceof ArrayNode array && schema.items != null) {
      for (int i = 0; i < array.size(); i++) {
        walk(schema.items, array.get(i), same(schema, array.get(i), before), path + "[" + i + "]");
      }
    }
  }

  /** What an item of a list was before; only lists with keys can tell. */
  private static @Nullable JsonNode same(Schema schema, JsonNode item, @Nullable JsonNode before) {
    List<String> keys = schema.listKeys();
    if (before == null || keys.isEmpty()) {
      return null;
    }
    for (JsonNode old : before) {
      if (keys.stream().allMatch(key -> Objects.equals(old.get(key), item.get(key)))) {
        return old;
      }
    }
    return null;
  }
}
