package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.selector.LabelSelector;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes a pod if its disruption budget allows it, and takes that from the budget. */
public final class Eviction {
  private static final Set<String> NOT_HELD = Set.of("Succeeded", "Failed", "Pending");
  private static final String RETRY_SECONDS = "10";
  private final Types types;
  private final ObjectStore store;
  private final ObjectWriter writer;
  private final ObjectDeleter deleter;
  private final ServerClock clock;

  public Eviction(
      Types types,
      ObjectStore store,
      ObjectWriter writer,
      ObjectDeleter deleter,
      ServerClock clock) {
    this.types = types;
    this.store = store;
    this.writer = writer;
    this.deleter = deleter;
    this.clock = clock;
  }

  /** Evicts the target, which is the whole pod, as the body of an Eviction says. */
  public void evict(Target target, byte[] body, WriteOptions options) {
    ObjectNode eviction = BodyDecoder.parse(body, false);
    String kind = Json.string(eviction, "kind");
    if (!kind.isEmpty() && !kind.equals("Eviction")) {
      throw ApiFailure.badRequest(
          kind
              + " in version \"v1\" cannot be handled as a Eviction: converting to (policy.Eviction): unknown conversion");
    }
    if (!Json.string(eviction, "metadata", "name").equals(target.name())) {
      throw ApiFailure.badRequest("name in URL does not match name in Eviction object");
    }
    DeleteOptions asked = DeleteOptions.of(eviction.path("deleteOptions"));
    DeleteOptions delete =
        new DeleteOptions(
            asked.graceSeconds(),
            asked.uid(),
            asked.version(),
            asked.propagation(),
            asked.dryRun() || options.dryRun());
    StoredObject pod =
        store
            .get(target.type(), target.key())
            .orElseThrow(() -> ApiFailure.notFound(target.type(), target.name()));
    ObjectDeleter.requirePreconditions(target, pod, delete);
    if (isHeld(pod)) {
      askBudget(target, pod, delete.dryRun());
      if (!delete.dryRun()) {
        announce(target);
      }
    }
    deleter.delete(
        target,
        new DeleteOptions(
            delete.graceSeconds(), delete.uid(), "", delete.propagation(), delete.dryRun()));
  }

  private static boolean isHeld(StoredObject pod) {
    return !pod.isBeingDeleted() && !NOT_HELD.contains(Json.string(pod.json(), "status", "phase"));
  }

  private void askBudget(Target target, StoredObject pod, boolean dry) {
    ResourceType type = types.builtIn("policy", "poddisruptionbudgets");
    List<StoredObject> budgets =
        store.list(type, target.namespace()).objects().stream()
            .filter(budget -> selects(budget.json(), pod.json()))
            .toList();
    if (budgets.isEmpty()) {
      return;
    }
    if (budgets.size() > 1) {
      throw ApiFailure.internal(
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
    }
    JsonNode budget = budgets.getFirst().json();
    if (!isReady(pod.json()) && isFreeWhenUnready(budget)) {
      return;
    }
    String name = Json.string(budget, "metadata", "name");
    writer.change(
        new Target(type, target.namespace(), name, "status"),
        current -> take(current, target.name()),
        Mode.PATCH,
        new WriteOptions(
            dry, WriteOptions.FieldValidation.IGNORE, "kube-apiserver", false, new ArrayList<>()));
  }

  static boolean selects(JsonNode budget, JsonNode pod) {
    JsonNode selector = Json.at(budget, "spec", "selector");
    return selector.isObject() && LabelSelector.fromObject(selector).matches(pod);
  }

  static boolean isReady(JsonNode pod) {
    for (JsonNode condition : Json.at(pod, "status", "conditions")) {
      if (Json.string(condition, "type").equals("Ready")) {
        return Json.string(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static boolean isFreeWhenUnready(JsonNode budget) {
    if (Json.string(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")) {
      return true;
    }
    JsonNode status = budget.path("status");
    long desired = Json.integer(status, 0, "desiredHealthy");
    return desired > 0 && Json.integer(status, 0, "currentHealthy") >= desired;
  }

  private ObjectNode take(ObjectNode budget, String pod) {
    String name = Json.string(budget, "metadata", "name");
    ObjectNode status = Json.child(budget, "status");
    long seen = Json.integer(status, 0, "observedGeneration");
    if (seen < Json.integer(budget, 0, "metadata", "generation")) {
      throw refused("The disruption budget " + name + " is still being processed by the server.")
          .header("Retry-After", RETRY_SECONDS);
    }
    long allowed = Json.integer(status, 0, "disruptionsAllowed");
    if (allowed <= 0) {
      throw refused(
          "The disruption budget %s needs %d healthy pods and has %d currently"
              .formatted(
                  name,
                  Json.integer(status, 0, "desiredHealthy"),
                  Json.integer(status, 0, "currentHealthy")));
    }
    status.set("disruptionsAllowed", Json.number(allowed - 1));
    Json.child(status, "disruptedPods").put(pod, clock.now());
    if (allowed == 1) {
      BudgetCondition.set(
          status, false, Json.integer(budget, 0, "metadata", "generation"), clock.now());
    }
    return budget;
  }

  private static ApiFailure refused(String cause) {
    ObjectNode details = Json.object();
    details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", cause);
    return ApiFailure.of(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.")
        .details(details);
  }

  private void announce(Target target) {
    writer.change(
        new Target(target.type(), target.namespace(), target.name(), "status"),
        pod -> {
          ArrayNode conditions = Json.list(Json.child(pod, "status"), "conditions");
          conditions
              .addObject()
              .put("type", "DisruptionTarget")
              .put("status", "True")
              .putNull("lastProbeTime")
              .put("lastTransitionTime", clock.now())
              .put("reason", "EvictionByEvictionAPI")
              .put("message", "Eviction API: evicting");
          return pod;
        },
        Mode.PATCH,
        WriteOptions.internal("kube-apiserver"));
  }
}
