package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables for people: the name and the time of creation, for every kind. */
final class Tables {
  private Tables() {}

  static ObjectNode of(JsonNode objects, JsonNode metadata, String includeObject) {
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    ObjectNode about = table.putObject("metadata");
    for (String field : List.of("resourceVersion", "continue", "remainingItemCount")) {
      if (metadata.has(field)) {
        about.set(field, metadata.path(field));
      }
    }
    ArrayNode columns = table.putArray("columnDefinitions");
    column(columns, "Name", "string", "name");
    column(columns, "Created At", "date", "");
    ArrayNode rows = table.putArray("rows");
    for (JsonNode object : objects) {
      ObjectNode row = rows.addObject();
      row.putArray("cells")
          .add(Json.string(object, "metadata", "name"))
          .add(Json.string(object, "metadata", "creationTimestamp"));
      switch (includeObject) {
        case "None" -> {
          // the row alone
        }
        case "Object" -> row.set("object", object);
        default -> row.set("object", Representation.partial(object));
      }
    }
    return table;
  }

  private static void column(ArrayNode columns, String name, String type, String format) {
    columns
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", "")
        .put("priority", 0);
  }
}
