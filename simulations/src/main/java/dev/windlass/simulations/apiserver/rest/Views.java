package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects in the API version that is asked for; events are kept in the form of the core API. */
public final class Views {
  private static final String EVENTS = "events.k8s.io";
  private static final Map<String, String> NEWER =
      Map.of(
          "involvedObject", "regarding",
          "message", "note",
          "reportingComponent", "reportingController",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount");

  private Views() {}

  private static boolean isSame(ResourceType type, JsonNode object) {
    return Json.string(object, "apiVersion").equals(type.apiVersion());
  }

  /** The object as this type shows it; the stored tree itself when it is that already. */
  public static ObjectNode show(ResourceType type, ObjectNode stored) {
    return isSame(type, stored) ? stored : convert(stored, type);
  }

  /** The object as text. */
  public static byte[] bytes(ResourceType type, StoredObject stored) {
    return isSame(type, stored.json()) ? stored.bytes() : Json.bytes(convert(stored.json(), type));
  }

  /** A copy to change, as this type shows it. */
  public static ObjectNode copy(ResourceType type, StoredObject stored) {
    return isSame(type, stored.json()) ? stored.copy() : convert(stored.copy(), type);
  }

  /** What is kept of an object that came in as this type. */
  public static ObjectNode store(ResourceType type, ObjectNode object) {
    if (!type.group().equals(EVENTS)) {
      return object;
    }
    ObjectNode result = Json.object().put("kind", "Event").put("apiVersion", "v1");
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      String older =
          NEWER.entrySet().stream()
              .filter(e -> e.getValue().equals(name))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(name);
      Json.putDefault(result, older, entry.getValue());
    }
    return result;
  }

  private static ObjectNode convert(ObjectNode stored, ResourceType type) {
    ObjectNode result = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    boolean event = type.group().equals(EVENTS);
    for (Map.Entry<String, JsonNode> entry : stored.properties()) {
      String name = event ? NEWER.getOrDefault(entry.getKey(), entry.getKey()) : entry.getKey();
      Json.putDefault(result, name, entry.getValue());
    }
    return result;
  }
}
