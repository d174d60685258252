package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.crd.CustomType;
import dev.windlass.simulations.apiserver.crd.Defaulting;
import dev.windlass.simulations.apiserver.crd.Pruning;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Decoder;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.model.Shapes;
import dev.windlass.simulations.apiserver.rest.WriteOptions.FieldValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects of a type out of bodies and of what patches leave. */
public final class BodyDecoder {
  private final Types types;

  public BodyDecoder(Types types) {
    this.types = types;
  }

  /** Reads a body as JSON or YAML; anything but an object is a 400. */
  public static ObjectNode parse(byte[] body, boolean yaml) {
    JsonNode node;
    try {
      node = yaml ? Json.parseYaml(body) : Json.parse(body);
    } catch (JacksonException e) {
      throw ApiFailure.badRequest(
          "couldn't get version/kind; json parse error: " + shortText(e.getOriginalMessage()));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiFailure.badRequest(
        body.length == 0
            ? "EOF"
            : "couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct");
  }

  private static String shortText(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** An object of the type from the body of a create or replace. */
  public ObjectNode body(ResourceType type, byte[] raw, boolean yaml, WriteOptions options) {
    ObjectNode body = parse(raw, yaml);
    checkKind(type, body);
    boolean strict = options.validation() == FieldValidation.STRICT;
    if (strict && !yaml && Json.hasDoubles(raw)) {
      throw strictly(type, body, "duplicate field");
    }
    List<String> unknown = new ArrayList<>();
    ObjectNode object;
    try {
      object = decode(type, body, unknown);
    } catch (Decoder.WrongType e) {
      throw ApiFailure.badRequest(handled(type, body) + e.text());
    }
    if (strict && !unknown.isEmpty()) {
      throw strictly(type, body, unknownText(unknown));
    }
    if (options.validation() == FieldValidation.WARN) {
      options.warnOfUnknown(unknown);
    }
    return object;
  }

  private static ApiFailure strictly(ResourceType type, ObjectNode body, String why) {
    return ApiFailure.badRequest(handled(type, body) + "strict decoding error: " + why);
  }

  static String unknownText(List<String> unknown) {
    List<String> parts = new ArrayList<>();
    unknown.forEach(field -> parts.add("unknown field \"" + field + "\""));
    return String.join(", ", parts);
  }

  private static String handled(ResourceType type, ObjectNode body) {
    String apiVersion = Json.string(body, "apiVersion");
    String version = apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
    String kind = Json.string(body, "kind");
    return (kind.isEmpty() ? type.kind() : kind)
        + " in version \""
        + (version.isEmpty() ? type.version() : version)
        + "\" cannot be handled as a "
        + type.kind()
        + ": ";
  }

  private static void checkKind(ResourceType type, ObjectNode body) {
    String apiVersion = Json.string(body, "apiVersion");
    String kind = Json.string(body, "kind");
    if (type.custom()) {
      if (!apiVersion.equals(type.apiVersion())) {
        throw otherVersion(apiVersion, type);
      }
      if (!kind.equals(type.kind())) {
        String name = Json.string(body, "metadata", "name");
        throw ApiFailure.invalid(
            kind,
            type.group(),
            name,
            List.of(Cause.quoted("kind", kind, "must be " + type.kind())));
      }
      return;
    }
    if (!kind.isEmpty() && !kind.equals(type.kind())) {
      throw ApiFailure.badRequest(
          handled(type, body) + "converting (v1." + kind + "): unknown conversion");
    }
    if (!apiVersion.isEmpty() && !apiVersion.equals(type.apiVersion())) {
      throw otherVersion(apiVersion, type);
    }
  }

  private static ApiFailure otherVersion(String apiVersion, ResourceType type) {
    return ApiFailure.badRequest(
        "the API version in the data ("
            + apiVersion
            + ") does not match the expected API version ("
            + type.apiVersion()
            + ")");
  }

  /**
   * Brings an object into the form of its type, and adds the fields that nobody knows to a list.
   */
  public ObjectNode decode(ResourceType type, ObjectNode body, List<String> unknown) {
    ObjectNode start = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    Optional<CustomType> custom = types.custom(type);
    if (custom.isPresent()) {
      return start.setAll(custom(custom.get(), body, unknown));
    }
    Decoder decoder = new Decoder(true);
    ObjectNode object = decoder.struct(type.shape(), body, "");
    unknown.addAll(decoder.unknown());
    object.remove(List.of("kind", "apiVersion"));
    return start.setAll(object);
  }

  private static ObjectNode custom(CustomType type, ObjectNode body, List<String> unknown) {
    Pruning pruning = new Pruning();
    ObjectNode object = pruning.prune(type.schema(), body);
    unknown.addAll(pruning.unknown());
    object.remove(List.of("kind", "apiVersion"));
    if (object.path("metadata") instanceof ObjectNode metadata) {
      Decoder decoder = new Decoder(true);
      object.set("metadata", decoder.struct(Shapes.of("ObjectMeta"), metadata, "metadata"));
      unknown.addAll(decoder.unknown());
    }
    Defaulting.apply(type.schema(), object);
    return object;
  }

  /** What a patch has left as an object of the type; wrong types are a 422. */
  public ObjectNode patched(ResourceType type, JsonNode patched, WriteOptions options) {
    String kind = Json.string(patched, "kind");
    if (!type.custom() && !kind.isEmpty() && !kind.equals(type.kind())) {
      throw invalidPatch("converting (v1." + kind + "): unknown conversion");
    }
    if (!(patched instanceof ObjectNode body)) {
      throw invalidPatch("json: cannot unmarshal into Go value of type v1." + type.kind());
    }
    List<String> unknown = new ArrayList<>();
    try {
      ObjectNode object = decode(type, body, unknown);
      if (options.validation() == FieldValidation.STRICT && !unknown.isEmpty()) {
        throw invalidPatch("strict decoding error: " + unknownText(unknown));
      }
      if (options.validation() == FieldValidation.WARN) {
        options.warnOfUnknown(unknown);
      }
      return object;
    } catch (Decoder.WrongType e) {
      throw invalidPatch(e.text());
    }
  }

  static ApiFailure invalidPatch(String why) {
    return ApiFailure.invalid(
        "", "", "", List.of(Cause.invalid("patch", "\"the whole object\"", why)));
  }
}
