package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.apply.ServerSideApply;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Decoder;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.model.Shape;
import dev.windlass.simulations.apiserver.patch.JsonMergePatch;
import dev.windlass.simulations.apiserver.patch.JsonPatch;
import dev.windlass.simulations.apiserver.patch.StrategicMergePatch;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.WriteOptions.FieldValidation;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The four kinds of patches, by the media type of the body. */
public final class Patches {
  public static final String JSON = "application/json-patch+json";
  public static final String MERGE = "application/merge-patch+json";
  public static final String STRATEGIC = "application/strategic-merge-patch+json";
  public static final String APPLY = "application/apply-patch+yaml";
  private static final Set<String> OPERATION = Set.of("op", "path", "value", "from");
  private final ObjectWriter writer;
  private final BodyDecoder decoder;
  private final ObjectStore store;

  public Patches(ObjectWriter writer, BodyDecoder decoder, ObjectStore store) {
    this.writer = writer;
    this.decoder = decoder;
    this.store = store;
  }

  /** The patched object, and whether it was made. */
  public record Patched(ObjectNode object, boolean created) {}

  /** Applies a body of a media type; a type that does not fit the resource is a 415. */
  public Patched patch(Target target, String mediaType, byte[] body, WriteOptions options) {
    if (mediaType.equals(APPLY)) {
      return apply(target, body, options);
    }
    if (options.force()) {
      throw ApiFailure.invalid(
          "PatchOptions",
          "meta.k8s.io",
          "",
          List.of(Cause.forbidden("force", "may not be specified for non-apply patch")));
    }
    ObjectWriter.Edit merge = merge(target.type(), mediaType, body, target.type().shape(), options);
    ObjectWriter.Edit edit =
        current -> {
          ObjectNode next = decoder.patched(target.type(), merge.next(current), options);
          requireName(target, next);
          return next;
        };
    return new Patched(writer.change(target, edit, Mode.PATCH, options), false);
  }

  static void requireName(Target target, ObjectNode next) {
    String name = Json.string(next, "metadata", "name");
    if (!name.equals(target.name())) {
      throw ApiFailure.badRequest(
          name.isEmpty()
              ? "the name of the object ("
                  + target.name()
                  + " based on URL) was undeterminable: name must be provided"
              : "the name of the object ("
                  + name
                  + ") does not match the name on the URL ("
                  + target.name()
                  + ")");
    }
  }

  /** A patch other than an apply, as an edit of JSON of a shape. */
  ObjectWriter.Edit merge(
      ResourceType type, String mediaType, byte[] body, Shape.Struct shape, WriteOptions options) {
    return switch (mediaType) {
      case MERGE -> {
        refuseDoubles(body, options);
        JsonNode patch = requireObject(parse(body));
        yield current -> asObject(JsonMergePatch.apply(current, patch));
      }
      case JSON -> {
        ArrayNode operations = requireArray(parse(body));
        refuseUnknown(operations, options);
        yield current -> asObject(JsonPatch.apply(current, operations));
      }
      case STRATEGIC -> {
        if (type.custom()) {
          throw unknownFormat(type);
        }
        ObjectNode patch = requireObject(parse(body));
        yield current -> StrategicMergePatch.apply(current, patch, shape);
      }
      default -> throw unknownFormat(type);
    };
  }

  private static ArrayNode requireArray(JsonNode patch) {
    if (patch instanceof ArrayNode operations) {
      return operations;
    }
    throw ApiFailure.badRequest(
        "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
  }

  static ApiFailure unknownFormat(ResourceType type) {
    String strategic = type.custom() ? "" : ", " + STRATEGIC;
    return ApiFailure.of(
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: "
                + JSON
                + ", "
                + MERGE
                + strategic
                + ", "
                + APPLY)
        .details(Json.object());
  }

  private static ObjectNode asObject(JsonNode patched) {
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw BodyDecoder.invalidPatch("json: cannot unmarshal into a Go struct");
  }

  private static JsonNode parse(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JacksonException _) {
      throw ApiFailure.badRequest("error decoding patch: unexpected end of JSON input");
    }
  }

  private static ObjectNode requireObject(JsonNode patch) {
    if (patch instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.badRequest(
        "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}");
  }

  private static void refuseDoubles(byte[] body, WriteOptions options) {
    if (options.validation() == FieldValidation.STRICT && Json.hasDoubles(body)) {
      throw BodyDecoder.invalidPatch("strict decoding error: duplicate field");
    }
  }

  private static void refuseUnknown(ArrayNode operations, WriteOptions options) {
    for (int i = 0; i < operations.size(); i++) {
      for (String member : operations.get(i).propertyNames()) {
        if (!OPERATION.contains(member) && options.validation() == FieldValidation.STRICT) {
          throw BodyDecoder.invalidPatch(
              "strict decoding error: json patch unknown field \"[" + i + "]." + member + "\"");
        }
      }
    }
  }

  // ---- apply

  private Patched apply(Target target, byte[] body, WriteOptions options) {
    ObjectNode config = config(target, body);
    if (store.get(target.type(), target.key()).isEmpty()) {
      return new Patched(applyNew(target, config, options), true);
    }
    withoutOthersPart(target, config);
    ServerSideApply apply =
        new ServerSideApply(target.type().shape(), writer.author(target, options), options.force());
    ObjectWriter.Edit edit =
        current -> {
          ObjectNode next = apply.apply(current, config, shown(target));
          for (String field : List.of("uid", "resourceVersion")) {
            JsonNode given = config.path("metadata").path(field);
            if (given.isString()) {
              Json.child(next, "metadata").set(field, given);
            }
          }
          return next;
        };
    return new Patched(writer.change(target, edit, Mode.APPLY, options), false);
  }

  /** Through the status only the status is applied, and it never through the object. */
  private static void withoutOthersPart(Target target, ObjectNode config) {
    if (target.subresource().equals("status")) {
      config.retain("apiVersion", "kind", "metadata", "status");
    } else if (target.type().subresources().contains("status")) {
      config.remove("status");
    }
  }

  private static String shown(Target target) {
    return "failed to create typed patch object (/%s; %s, Kind=%s)"
        .formatted(target.name(), target.type().apiVersion(), target.type().kind());
  }

  private ObjectNode applyNew(Target target, ObjectNode config, WriteOptions options) {
    if (!target.subresource().isEmpty()) {
      throw ApiFailure.notFound(target.type(), target.name());
    }
    String uid = Json.string(config, "metadata", "uid");
    if (!uid.isEmpty()) {
      throw ApiFailure.conflict(
          target.type(),
          target.name(),
          "uid mismatch: the provided object specified uid "
              + uid
              + ", and no existing object was found");
    }
    ServerSideApply apply =
        new ServerSideApply(target.type().shape(), writer.author(target, options), options.force());
    ObjectNode applied = apply.apply(Json.object(), config, shown(target));
    ObjectNode start =
        Json.object()
            .put("kind", target.type().kind())
            .put("apiVersion", target.type().apiVersion());
    applied.remove(List.of("kind", "apiVersion"));
    start.setAll(applied);
    Json.child(start, "metadata").put("name", target.name());
    return writer.create(target, start, options, false);
  }

  private ObjectNode config(Target target, byte[] body) {
    JsonNode node;
    try {
      node = Json.parseYaml(body);
    } catch (JacksonException e) {
      throw ApiFailure.badRequest("error decoding YAML: " + e.getOriginalMessage());
    }
    if (!(node instanceof ObjectNode given)) {
      throw ApiFailure.badRequest("error decoding YAML: not an object");
    }
    if (Json.string(given, "kind").isEmpty() || Json.string(given, "apiVersion").isEmpty()) {
      throw ApiFailure.badRequest("invalid object type: /, Kind=");
    }
    if (given.path("metadata").path("managedFields").size() > 0) {
      throw ApiFailure.badRequest("metadata.managedFields must be nil");
    }
    Json.child(given, "metadata");
    Json.putDefault((ObjectNode) given.path("metadata"), "name", target.name());
    requireName(target, given);
    List<String> unknown = new ArrayList<>();
    try {
      ObjectNode config = decoded(target.type(), given, unknown);
      if (!unknown.isEmpty()) {
        throw ApiFailure.internal(
            shown(target) + ": ." + unknown.getFirst() + ": field not declared in schema");
      }
      return config;
    } catch (Decoder.WrongType e) {
      throw ApiFailure.internal(shown(target) + ": " + e.text());
    }
  }

  /**
   * The configuration in its type's form, without defaults: what it does not say it does not own.
   */
  private ObjectNode decoded(ResourceType type, ObjectNode given, List<String> unknown) {
    if (!type.custom()) {
      return decoder.decode(type, given, unknown);
    }
    decoder.decode(type, given, unknown);
    ObjectNode config = given.deepCopy();
    for (Map.Entry<String, JsonNode> entry : List.copyOf(config.properties())) {
      if (entry.getValue().isNull()) {
        config.remove(entry.getKey());
      }
    }
    return config;
  }
}
