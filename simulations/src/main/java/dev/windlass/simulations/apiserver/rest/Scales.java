package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.crd.CustomType;
import dev.windlass.simulations.apiserver.crd.CustomType.ScalePaths;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Decoder;
import dev.windlass.simulations.apiserver.model.FieldPath;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.model.Shapes;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The scale of a workload or a custom object, read and written. */
public final class Scales {
  private static final ScalePaths BUILT_IN =
      new ScalePaths(FieldPath.of("spec.replicas", ""), FieldPath.of("status.replicas", ""), null);
  private final ObjectWriter writer;
  private final Patches patches;

  public Scales(ObjectWriter writer, Patches patches) {
    this.writer = writer;
    this.patches = patches;
  }

  private ScalePaths paths(ResourceType type) {
    return writer.types().custom(type).flatMap(CustomType::scalePaths).orElse(BUILT_IN);
  }

  /** The scale of an object; custom objects without replicas have none, which is a 500. */
  public ObjectNode of(ResourceType type, JsonNode object, boolean required) {
    ScalePaths paths = paths(type);
    JsonNode replicas = paths.specReplicas().node(object);
    if (type.custom() && required && !replicas.isIntegralNumber()) {
      throw ApiFailure.of(
          500,
          "InternalError",
          "Internal error occurred: the spec replicas field \"."
              + String.join(".", paths.specReplicas().names())
              + "\" does not exist");
    }
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      JsonNode value = object.path("metadata").path(field);
      if (!value.isMissingNode()) {
        metadata.set(field, value);
      }
    }
    ObjectNode spec = scale.putObject("spec");
    if (replicas.asLong(0) != 0) {
      spec.set("replicas", replicas);
    }
    ObjectNode status = scale.putObject("status");
    status.put("replicas", paths.statusReplicas().node(object).asInt(0));
    String selector = selector(type, paths, object);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static String selector(ResourceType type, ScalePaths paths, JsonNode object) {
    FieldPath custom = paths.selector();
    if (type.custom()) {
      return custom == null ? "" : custom.read(object);
    }
    List<String> parts = new ArrayList<>();
    JsonNode selector = Json.at(object, "spec", "selector");
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      parts.add(label.getKey() + "=" + label.getValue().asString());
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(v -> values.add(v.asString()));
      String key = Json.string(expression, "key");
      String list = " (" + String.join(",", values) + ")";
      parts.add(
          switch (Json.string(expression, "operator")) {
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            case "NotIn" -> key + " notin" + list;
            default -> key + " in" + list;
          });
    }
    parts.sort(null);
    return String.join(",", parts);
  }

  /** Writes a whole scale. */
  public ObjectNode replace(Target target, byte[] body, WriteOptions options) {
    ObjectNode given = BodyDecoder.parse(body, false);
    String apiVersion = Json.string(given, "apiVersion");
    if (!apiVersion.isEmpty() && !apiVersion.equals("autoscaling/v1")) {
      throw ApiFailure.badRequest(
          "Scale in version \""
              + apiVersion
              + "\" cannot be handled as a Scale: no kind \"Scale\" is registered");
    }
    ObjectNode scale;
    try {
      scale = new Decoder(true).struct(Shapes.of("Scale"), given, "");
    } catch (Decoder.WrongType e) {
      throw ApiFailure.badRequest(
          "Scale in version \"v1\" cannot be handled as a Scale: " + e.text());
    }
    Patches.requireName(target, scale);
    String version = Json.string(scale, "metadata", "resourceVersion");
    return write(
        target,
        _ -> scale,
        version.isEmpty() || version.equals("0") ? Mode.PATCH : Mode.REPLACE,
        options);
  }

  /** Patches a scale. */
  public ObjectNode patch(Target target, String mediaType, byte[] body, WriteOptions options) {
    ObjectWriter.Edit merge =
        patches.merge(target.type(), mediaType, body, Shapes.of("Scale"), options);
    ObjectWriter.Edit edit =
        current -> {
          try {
            return new Decoder(true).struct(Shapes.of("Scale"), merge.next(current), "");
          } catch (Decoder.WrongType e) {
            throw BodyDecoder.invalidPatch(e.text());
          }
        };
    return write(target, edit, Mode.PATCH, options);
  }

  private ObjectNode write(Target target, ObjectWriter.Edit edit, Mode mode, WriteOptions options) {
    ResourceType type = target.type();
    ObjectNode written =
        writer.change(
            target,
            current -> {
              ObjectNode scale = edit.next(of(type, current, false));
              long replicas = Json.integer(scale, 0, "spec", "replicas");
              if (replicas < 0) {
                throw negative(target, replicas);
              }
              requireUid(target, current, scale);
              set(current, paths(type).specReplicas(), replicas);
              ObjectNode metadata = Json.child(current, "metadata");
              String version = Json.string(scale, "metadata", "resourceVersion");
              if (!version.isEmpty()) {
                metadata.put("resourceVersion", version);
              } else {
                metadata.remove("resourceVersion");
              }
              return current;
            },
            mode,
            options);
    return of(type, written, false);
  }

  private static void requireUid(Target target, JsonNode current, JsonNode scale) {
    String uid = Json.string(scale, "metadata", "uid");
    String there = Json.string(current, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(there)) {
      throw ApiFailure.conflict(
          target.type(),
          target.name(),
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + there);
    }
  }

  private static ApiFailure negative(Target target, long replicas) {
    ResourceType type = target.type();
    String number = Long.toString(replicas);
    return type.custom()
        ? ApiFailure.invalid(
            type,
            target.name(),
            List.of(Cause.invalid(".spec.replicas", number, "should be a non-negative integer")))
        : ApiFailure.invalid(
            "Scale",
            "autoscaling",
            target.name(),
            List.of(Cause.invalid("spec.replicas", number, "must be greater than or equal to 0")));
  }

  private static void set(ObjectNode object, FieldPath path, long replicas) {
    ObjectNode here = object;
    for (String name : path.names().subList(0, path.names().size() - 1)) {
      here = Json.child(here, name);
    }
    here.set(path.names().getLast(), Json.number(replicas));
  }
}
