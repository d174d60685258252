package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form that a client accepts: JSON or YAML; the object itself, a table, or its metadata alone.
 */
record Representation(Form form, boolean yaml) {
  /** What of an object is shown. */
  enum Form {
    OBJECT,
    TABLE,
    PARTIAL,
    PARTIAL_LIST
  }

  static final Representation PLAIN = new Representation(Form.OBJECT, false);

  /** Reads the header Accept; a form that nobody knows is a 406. */
  static Representation of(String accept) {
    if (accept.isEmpty()) {
      return PLAIN;
    }
    for (String one : accept.split(",")) {
      String[] parts = one.strip().split(";");
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      String as = "";
      for (String part : parts) {
        as = part.strip().startsWith("as=") ? part.strip().substring(3) : as;
      }
      boolean json =
          type.equals("application/json") || type.equals("*/*") || type.equals("application/*");
      boolean yaml = type.equals("application/yaml");
      if (json || yaml) {
        switch (as) {
          case "" -> {
            return new Representation(Form.OBJECT, yaml);
          }
          case "Table" -> {
            return new Representation(Form.TABLE, yaml);
          }
          case "PartialObjectMetadata" -> {
            return new Representation(Form.PARTIAL, yaml);
          }
          case "PartialObjectMetadataList" -> {
            return new Representation(Form.PARTIAL_LIST, yaml);
          }
          default -> {
            // the next one may do
          }
        }
      }
    }
    throw ApiFailure.of(
            406,
            "NotAcceptable",
            "only the following media types are accepted: application/json, application/yaml")
        .details(Json.object());
  }

  String contentType() {
    return yaml ? "application/yaml" : Reply.JSON;
  }

  /** One object in this form. */
  ObjectNode one(ObjectNode object, String includeObject) {
    return switch (form) {
      case OBJECT -> object;
      case TABLE -> Tables.of(Json.array().add(object), object.path("metadata"), includeObject);
      case PARTIAL -> partial(object);
      case PARTIAL_LIST ->
          throw unacceptable("PartialObjectMetadataList, but the requested object is not a list");
    };
  }

  /** A list in this form. */
  ObjectNode list(ObjectNode list, String includeObject) {
    return switch (form) {
      case OBJECT -> list;
      case TABLE -> Tables.of(list.path("items"), list.path("metadata"), includeObject);
      case PARTIAL ->
          throw unacceptable("PartialObjectMetadata, but the requested object is a list");
      case PARTIAL_LIST -> {
        ObjectNode result =
            Json.object()
                .put("kind", "PartialObjectMetadataList")
                .put("apiVersion", "meta.k8s.io/v1");
        result.set("metadata", list.path("metadata"));
        for (JsonNode item : list.path("items")) {
          Json.list(result, "items").add(partial(item));
        }
        Json.list(result, "items");
        yield result;
      }
    };
  }

  private static ApiFailure unacceptable(String what) {
    return ApiFailure.of(406, "NotAcceptable", "you requested " + what).details(Json.object());
  }

  static ObjectNode partial(JsonNode object) {
    ObjectNode result =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    result.set("metadata", object.path("metadata"));
    return result;
  }
}
