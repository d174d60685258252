package dev.windlass.simulations.apiserver.patch;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7396. */
public final class JsonMergePatch {
  private JsonMergePatch() {}

  /** The target with the patch merged in; neither argument is changed. */
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
    merge(result, changes);
    return result;
  }

  private static void merge(ObjectNode target, ObjectNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode value = change.getValue();
      if (value.isNull()) {
        target.remove(change.getKey());
      } else if (value instanceof ObjectNode nested) {
        merge(Json.child(target, change.getKey()), nested);
      } else {
        target.set(change.getKey(), value.deepCopy());
      }
    }
  }
}
