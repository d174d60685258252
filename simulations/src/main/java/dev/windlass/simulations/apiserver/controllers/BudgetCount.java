package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.selector.LabelSelector;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How many pods a budget expects, wants healthy and may lose, as the disruption controller counts
 * them: percentages are of the replicas of the pods' controllers and are rounded up.
 */
final class BudgetCount {
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
  private final Types types;
  private final ObjectStore store;

  BudgetCount(Types types, ObjectStore store) {
    this.types = types;
    this.store = store;
  }

  /** The four numbers of a budget's status. */
  record Result(long expected, long desired, long healthy, long allowed) {}

  JsonNode pod(String namespace, String name) {
    return store
        .get(types.builtIn("", "pods"), new ObjectKey(namespace, name))
        .<JsonNode>map(StoredObject::json)
        .orElse(Json.object().path("absent"));
  }

  Result of(JsonNode budget, String namespace, JsonNode disrupted) {
    List<JsonNode> pods = pods(budget, namespace);
    long healthy =
        pods.stream()
            .filter(pod ->
                isReady(pod)
                    && !pod.path("metadata").has("deletionTimestamp")
                    && !disrupted.has(Json.string(pod, "metadata", "name")))
            .count();
    JsonNode spec = budget.path("spec");
    JsonNode min = spec.path("minAvailable");
    JsonNode max = spec.path("maxUnavailable");
    long expected = 0;
    long desired = 0;
    if (!max.isMissingNode()) {
      expected = expectedByOwners(pods, namespace);
      desired = Math.max(0, expected - amount(max, expected));
    } else if (min.isIntegralNumber()) {
      expected = pods.size();
      desired = min.longValue();
    } else if (!min.isMissingNode()) {
      expected = expectedByOwners(pods, namespace);
      desired = amount(min, expected);
    }
    long allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    return new Result(expected, desired, healthy, allowed);
  }

  private List<JsonNode> pods(JsonNode budget, String namespace) {
    JsonNode selector = Json.at(budget, "spec", "selector");
    if (!selector.isObject()) {
      return List.of();
    }
    LabelSelector labels = LabelSelector.fromObject(selector);
    List<JsonNode> pods = new ArrayList<>();
    for (StoredObject pod : store.list(types.builtIn("", "pods"), namespace).objects()) {
      boolean counts = !FINISHED.contains(Json.string(pod.json(), "status", "phase"));
      if (counts && labels.matches(pod.json())) {
        pods.add(pod.json());
      }
    }
    return pods;
  }

  private static boolean isReady(JsonNode pod) {
    for (JsonNode condition : Json.at(pod, "status", "conditions")) {
      if (Json.string(condition, "type").equals("Ready")) {
        return Json.string(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static long amount(JsonNode value, long of) {
    if (value.isIntegralNumber()) {
      return value.longValue();
    }
    String text = value.asString();
    long percent = text.endsWith("%") ? Long.parseLong(text.substring(0, text.length() - 1)) : 0;
    return Math.ceilDiv(of * percent, 100L);
  }

  /**
   * The replicas of all controllers of the pods; 0 when a pod has none whose replicas are known.
   */
  private long expectedByOwners(List<JsonNode> pods, String namespace) {
    Map<String, Long> replicas = new HashMap<>();
    for (JsonNode pod : pods) {
      Optional<StoredObject> owner = controller(pod, namespace);
      if (owner.isPresent() && Json.string(owner.get().json(), "kind").equals("ReplicaSet")) {
        owner = controller(owner.get().json(), namespace).or(() -> controller(pod, namespace));
      }
      if (owner.isEmpty() || !owner.get().json().path("spec").path("replicas").isIntegralNumber()) {
        return 0;
      }
      replicas.put(owner.get().uid(), Json.integer(owner.get().json(), 0, "spec", "replicas"));
    }
    return replicas.values().stream().mapToLong(Long::longValue).sum();
  }

  private Optional<StoredObject> controller(JsonNode object, String namespace) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (Json.isTrue(owner, "controller")) {
        Optional<ResourceType> type =
            types.ofKind(Json.string(owner, "apiVersion"), Json.string(owner, "kind"));
        return type.flatMap(t ->
            store.get(
                t, new ObjectKey(t.namespaced() ? namespace : "", Json.string(owner, "name"))));
      }
    }
    return Optional.empty();
  }
}
