package dev.windlass.simulations.apiserver.apply;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of {@code metadata.managedFields}. */
final class ManagedFields {
  /** Who wrote: its name, how (Apply or Update), and through which subresource. */
  record Writer(String name, boolean apply, String subresource, String apiVersion) {
    String operation() {
      return apply ? "Apply" : "Update";
    }

    /** How a conflict names it. */
    String shown() {
      return "\""
          + name
          + "\""
          + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"")
          + (apply ? "" : " using " + apiVersion);
    }
  }

  /** What one writer owns since when. */
  record Entry(Writer writer, String time, FieldSet fields) {}

  /** Who applies comes first, then who has waited for longest. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> entry.writer().operation())
          .thenComparing(Entry::time)
          .thenComparing(entry -> entry.writer().name());

  private ManagedFields() {}

  static List<Entry> read(JsonNode object) {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : object.path("metadata").path("managedFields")) {
      if (!node.isEmpty()) {
        Writer writer =
            new Writer(
                Json.string(node, "manager"),
                Json.string(node, "operation").equals("Apply"),
                Json.string(node, "subresource"),
                Json.string(node, "apiVersion"));
        entries.add(
            new Entry(writer, Json.string(node, "time"), FieldSet.fromJson(node.path("fieldsV1"))));
      }
    }
    return entries;
  }

  static void write(ObjectNode object, List<Entry> entries) {
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.remove("managedFields");
    if (entries.isEmpty()) {
      return;
    }
    ArrayNode list = metadata.putArray("managedFields");
    for (Entry entry : entries.stream().sorted(ORDER).toList()) {
      ObjectNode node = list.addObject();
      node.put("manager", entry.writer().name());
      node.put("operation", entry.writer().operation());
      node.put("apiVersion", entry.writer().apiVersion());
      if (!entry.time().isEmpty()) {
        node.put("time", entry.time());
      }
      node.put("fieldsType", "FieldsV1");
      node.set("fieldsV1", entry.fields().toJson());
      if (!entry.writer().subresource().isEmpty()) {
        node.put("subresource", entry.writer().subresource());
      }
    }
  }

  /** Whether a body asks to forget all managers: an empty list, or one empty entry. */
  static boolean isCleared(JsonNode object) {
    JsonNode list = object.path("metadata").path("managedFields");
    return list.isArray() && (list.isEmpty() || (list.size() == 1 && list.get(0).isEmpty()));
  }
}
