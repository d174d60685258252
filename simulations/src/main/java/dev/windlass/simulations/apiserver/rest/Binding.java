package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives a pod its node, once. Whether the node is there is not asked. */
public final class Binding {
  private final ObjectWriter writer;
  private final ServerClock clock;

  public Binding(ObjectWriter writer, ServerClock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** Binds the target, which is the whole pod, as the body of a Binding says. */
  public void bind(Target pod, byte[] body, WriteOptions options) {
    ObjectNode binding = BodyDecoder.parse(body, false);
    String kind = Json.string(binding, "kind");
    if (!kind.isEmpty() && !kind.equals("Binding")) {
      throw ApiFailure.badRequest(kind + " in version \"v1\" cannot be handled as a Binding");
    }
    if (!Json.string(binding, "metadata", "name").equals(pod.name())) {
      throw ApiFailure.badRequest("name in URL does not match name in Binding object");
    }
    String targetKind = Json.string(binding, "target", "kind");
    if (!targetKind.isEmpty() && !targetKind.equals("Node")) {
      throw ApiFailure.internal(
          "target.kind: Unsupported value: \""
              + targetKind
              + "\": supported values: \"Node\", \"<empty>\"");
    }
    String node = Json.string(binding, "target", "name");
    if (node.isEmpty()) {
      throw ApiFailure.internal("target.name: Required value");
    }
    writer.change(
        new Target(pod.type(), pod.namespace(), pod.name(), "binding"),
        current -> assign(pod, current, binding, node),
        Mode.PATCH,
        options);
  }

  private ObjectNode assign(Target target, ObjectNode pod, JsonNode binding, String node) {
    requireFree(target, pod, binding);
    Json.child(pod, "spec").put("nodeName", node);
    JsonNode annotations = binding.path("metadata").path("annotations");
    if (!annotations.isEmpty()) {
      ObjectNode into = Json.child(Json.child(pod, "metadata"), "annotations");
      for (Map.Entry<String, JsonNode> entry : annotations.properties()) {
        into.set(entry.getKey(), entry.getValue());
      }
    }
    ArrayNode conditions = Json.list(Json.child(pod, "status"), "conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (Json.string(conditions.get(i), "type").equals("PodScheduled")) {
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .putNull("lastProbeTime")
        .put("lastTransitionTime", clock.now());
    return pod;
  }

  private static void requireFree(Target target, JsonNode pod, JsonNode binding) {
    String name = target.name();
    for (String field : List.of("uid", "resourceVersion")) {
      String wanted = Json.string(binding, "metadata", field);
      String found = Json.string(pod, "metadata", field);
      if (!wanted.isEmpty() && !wanted.equals(found)) {
        throw ApiFailure.conflict(
            target.type(),
            name,
            "Precondition failed: "
                + field
                + " in precondition: "
                + wanted
                + ", in object meta: "
                + found);
      }
    }
    String node = Json.string(pod, "spec", "nodeName");
    if (!node.isEmpty()) {
      throw conflict(
          target.type(), name, "pod " + name + " is already assigned to node \"" + node + "\"");
    }
    if (pod.path("metadata").has("deletionTimestamp")) {
      throw conflict(
          target.type(), name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    if (!Json.at(pod, "spec", "schedulingGates").isEmpty()) {
      throw conflict(target.type(), name, "pod " + name + " has non-empty .spec.schedulingGates");
    }
  }

  private static ApiFailure conflict(ResourceType type, String name, String why) {
    return ApiFailure.of(
            409,
            "Conflict",
            "Operation cannot be fulfilled on pods/binding \"" + name + "\": " + why)
        .about(name, type.group(), "pods/binding");
  }
}
