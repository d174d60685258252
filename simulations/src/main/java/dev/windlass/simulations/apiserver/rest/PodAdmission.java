package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a new pod gets from other objects: its priority; and the account that it must have. */
final class PodAdmission {
  private static final Map<String, Long> SYSTEM_CLASSES =
      Map.of("system-cluster-critical", 2_000_000_000L, "system-node-critical", 2_000_001_000L);
  private final Types types;
  private final ObjectStore store;

  PodAdmission(Types types, ObjectStore store) {
    this.types = types;
    this.store = store;
  }

  void admit(ResourceType type, ObjectNode pod) {
    String name = Json.string(pod, "metadata", "name");
    String namespace = Json.string(pod, "metadata", "namespace");
    ObjectNode spec = Json.child(pod, "spec");
    String account = Json.string(spec, "serviceAccountName");
    if (store
        .get(types.builtIn("", "serviceaccounts"), new ObjectKey(namespace, account))
        .isEmpty()) {
      throw ApiFailure.forbidden(
          type,
          name,
          "error looking up service account %s/%s: serviceaccount \"%s\" not found"
              .formatted(namespace, account, account));
    }
    priority(type, name, spec);
  }

  private void priority(ResourceType type, String name, ObjectNode spec) {
    String wanted = Json.string(spec, "priorityClassName");
    Priority found = wanted.isEmpty() ? defaultClass() : namedClass(type, name, wanted);
    JsonNode given = spec.path("priority");
    if (given.isIntegralNumber() && given.longValue() != found.value()) {
      throw ApiFailure.forbidden(
          type,
          name,
          "the integer value of priority (%s) must not be provided in pod spec; priority admission controller computed %d from the given PriorityClass name"
              .formatted(given.asString(), found.value()));
    }
    if (!found.name().isEmpty()) {
      spec.put("priorityClassName", found.name());
    }
    spec.set("priority", Json.number(found.value()));
    Json.putDefault(spec, "preemptionPolicy", found.preemption());
  }

  private record Priority(String name, long value, String preemption) {
    static Priority of(JsonNode object) {
      return new Priority(
          Json.string(object, "metadata", "name"),
          Json.integer(object, 0, "value"),
          Json.string(object, "preemptionPolicy"));
    }
  }

  private Priority defaultClass() {
    return store.list(types.builtIn("scheduling.k8s.io", "priorityclasses"), "").objects().stream()
        .map(StoredObject::json)
        .filter(object -> Json.isTrue(object, "globalDefault"))
        .map(Priority::of)
        .findFirst()
        .orElse(new Priority("", 0, "PreemptLowerPriority"));
  }

  private Priority namedClass(ResourceType type, String pod, String name) {
    Long system = SYSTEM_CLASSES.get(name);
    if (system != null) {
      return new Priority(name, system, "PreemptLowerPriority");
    }
    Optional<StoredObject> found =
        store.get(types.builtIn("scheduling.k8s.io", "priorityclasses"), new ObjectKey("", name));
    return found
        .map(object -> Priority.of(object.json()))
        .orElseThrow(() ->
            ApiFailure.forbidden(type, pod, "no PriorityClass with name " + name + " was found"));
  }
}
