package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.crd.CustomType.ScalePaths;
import dev.windlass.simulations.apiserver.model.FieldPath;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.model.Shape;
import dev.windlass.simulations.apiserver.model.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads definitions of custom resources, and writes what the server fills in. */
public final class Definition {
  private Definition() {}

  /** The served versions of a definition. */
  public static List<CustomType> types(JsonNode definition) {
    List<CustomType> types = new ArrayList<>();
    for (JsonNode version : Json.at(definition, "spec", "versions")) {
      if (Json.isTrue(version, "served")) {
        types.add(type(definition.path("spec"), version));
      }
    }
    return types;
  }

  private static CustomType type(JsonNode spec, JsonNode version) {
    Schema schema = Schema.of(Json.at(version, "schema", "openAPIV3Schema"));
    JsonNode names = spec.path("names");
    Set<String> subresources = new HashSet<>();
    version.path("subresources").properties().forEach(e -> subresources.add(e.getKey()));
    Map<String, FieldPath> selectable = new HashMap<>();
    for (JsonNode field : version.path("selectableFields")) {
      String path = Json.string(field, "jsonPath");
      selectable.put(path.startsWith(".") ? path.substring(1) : path, FieldPath.of(path, ""));
    }
    String kind = Json.string(names, "kind");
    Shape.Struct shape =
        schema
            .struct(kind)
            .add("apiVersion", Shape.Scalar.STRING)
            .add("kind", Shape.Scalar.STRING)
            .add("metadata", Shapes.of("ObjectMeta"));
    ResourceType type =
        new ResourceType(
            Json.string(spec, "group"),
            Json.string(version, "name"),
            new ResourceType.Names(
                Json.string(names, "plural"),
                Json.string(names, "singular"),
                kind,
                Json.string(names, "listKind"),
                texts(names.path("shortNames")),
                texts(names.path("categories"))),
            Json.string(spec, "scope").equals("Namespaced"),
            true,
            subresources,
            selectable,
            shape);
    return new CustomType(type, schema, scale(version));
  }

  private static @Nullable ScalePaths scale(JsonNode version) {
    JsonNode scale = Json.at(version, "subresources", "scale");
    if (!scale.isObject()) {
      return null;
    }
    String selector = Json.string(scale, "labelSelectorPath");
    return new ScalePaths(
        FieldPath.of(Json.string(scale, "specReplicasPath"), ""),
        FieldPath.of(Json.string(scale, "statusReplicasPath"), ""),
        selector.isEmpty() ? null : FieldPath.of(selector, ""));
  }

  private static List<String> texts(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.asString()));
    return all;
  }

  /** Fills in the names that follow from others. */
  public static void complete(ObjectNode definition) {
    ObjectNode spec = Json.child(definition, "spec");
    ObjectNode names = Json.child(spec, "names");
    String kind = Json.string(names, "kind");
    Json.putDefault(names, "singular", kind.toLowerCase(Locale.ROOT));
    Json.putDefault(names, "listKind", kind + "List");
    if (!spec.has("conversion")) {
      spec.putObject("conversion").put("strategy", "None");
    }
  }

  /** The status of a definition that is served from now on. */
  public static ObjectNode established(JsonNode definition, String time) {
    ObjectNode status = Json.object();
    ArrayNode conditions = status.putArray("conditions");
    condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", time);
    condition(
        conditions,
        "Established",
        "InitialNamesAccepted",
        "the initial names have been accepted",
        time);
    status.set("acceptedNames", Json.at(definition, "spec", "names").deepCopy());
    ArrayNode stored = status.putArray("storedVersions");
    for (JsonNode version : Json.at(definition, "spec", "versions")) {
      if (Json.isTrue(version, "storage")) {
        stored.add(Json.string(version, "name"));
      }
    }
    return status;
  }

  private static void condition(
      ArrayNode conditions, String type, String reason, String message, String time) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", time)
        .put("reason", reason)
        .put("message", message);
  }
}
