package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server does to each object before it is checked: status, generation, system fields. */
public final class Preparation {
  private static final Set<String> GENERATED =
      Set.of(
          "Pod",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "ReplicationController",
          "Job",
          "CronJob",
          "PodDisruptionBudget",
          "PriorityClass",
          "DeviceClass",
          "ResourceSlice",
          "CustomResourceDefinition",
          "Ingress",
          "NetworkPolicy",
          "MutatingWebhookConfiguration",
          "ValidatingWebhookConfiguration",
          "ValidatingAdmissionPolicy");
  private static final Set<String> SYSTEM =
      Set.of("uid", "creationTimestamp", "selfLink", "generation", "deletionGracePeriodSeconds");

  private static final Set<String> KEEP_STATUS =
      Set.of("", "resize", "ephemeralcontainers", "scale");

  private Preparation() {}

  private static boolean hasStatus(ResourceType type) {
    return type.subresources().contains("status");
  }

  /** Fills in what is new about a new object. Its name and namespace are there already. */
  public static void create(ResourceType type, ObjectNode object, String uid, String time) {
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.remove(SYSTEM);
    metadata.remove(Set.of("deletionTimestamp", "resourceVersion"));
    metadata.put("uid", uid).put("creationTimestamp", time);
    if (type.custom() || GENERATED.contains(type.kind())) {
      metadata.put("generation", 1);
    }
    if (hasStatus(type) && !type.kind().equals("Node")) {
      object.remove("status");
      if (!type.custom()) {
        firstStatus(type, object);
      }
    }
  }

  private static void firstStatus(ResourceType type, ObjectNode object) {
    ObjectNode status = object.putObject("status");
    switch (type.kind()) {
      case "Pod" ->
          status.put("phase", "Pending").put("qosClass", QosClass.of(object.path("spec")));
      case "Namespace" -> status.put("phase", "Active");
      case "PersistentVolume", "PersistentVolumeClaim" -> status.put("phase", "Pending");
      case "ReplicaSet" -> status.put("replicas", 0);
      case "StatefulSet" -> status.put("replicas", 0).put("availableReplicas", 0);
      case "DaemonSet" ->
          status
              .put("currentNumberScheduled", 0)
              .put("numberMisscheduled", 0)
              .put("desiredNumberScheduled", 0)
              .put("numberReady", 0);
      case "PodDisruptionBudget" ->
          status
              .put("disruptionsAllowed", 0)
              .put("currentHealthy", 0)
              .put("desiredHealthy", 0)
              .put("expectedPods", 0);
      case "HorizontalPodAutoscaler" -> status.put("desiredReplicas", 0).putNull("currentMetrics");
      case "Service" -> status.putObject("loadBalancer");
      default -> {
        // starts empty
      }
    }
  }

  /** Keeps of the old object what this kind of update may not touch, and counts the generation. */
  public static void update(
      ResourceType type, ObjectNode object, ObjectNode old, String subresource) {
    ObjectNode metadata = Json.child(object, "metadata");
    JsonNode before = old.path("metadata");
    for (String field : SYSTEM) {
      if (!field.equals("uid") || !metadata.has("uid")) {
        keep(metadata, before, field);
      }
    }
    if (!metadata.has("deletionTimestamp")) {
      keep(metadata, before, "deletionTimestamp");
    }
    metadata.remove("resourceVersion");
    if (subresource.equals("resize")) {
      resize(object, old);
    }
    if (subresource.equals("status")) {
      JsonNode status = object.path("status");
      ObjectNode kept = old.deepCopy();
      object.removeAll();
      object.setAll(kept);
      object.set("metadata", metadata);
      object.remove("status");
      if (!status.isMissingNode()) {
        object.set("status", status);
      }
    } else if (hasStatus(type) && KEEP_STATUS.contains(subresource)) {
      keep(object, old, "status");
    }
    boolean counted = before.has("generation");
    if (counted && differs(type, object, old)) {
      metadata.put("generation", Json.integer(before, 0, "generation") + 1);
    }
  }

  /** Of a resize only the resources of containers count. */
  private static void resize(ObjectNode object, ObjectNode old) {
    ObjectNode spec = (ObjectNode) old.path("spec").deepCopy();
    for (JsonNode container : spec.path("containers")) {
      for (JsonNode wanted : object.path("spec").path("containers")) {
        boolean same = wanted.path("name").equals(container.path("name"));
        if (same && wanted.has("resources")) {
          ((ObjectNode) container).set("resources", wanted.path("resources"));
        }
      }
    }
    object.set("spec", spec);
  }

  private static void keep(ObjectNode object, JsonNode old, String field) {
    if (old.has(field)) {
      object.set(field, old.path(field).deepCopy());
    } else {
      object.remove(field);
    }
  }

  private static boolean differs(ResourceType type, ObjectNode object, ObjectNode old) {
    boolean status = hasStatus(type);
    for (ObjectNode side : new ObjectNode[] {object, old}) {
      for (Map.Entry<String, JsonNode> entry : side.properties()) {
        String name = entry.getKey();
        boolean counts =
            !name.equals("metadata") && !(name.equals("status") && (status || !type.custom()));
        if (counts && !object.path(name).equals(old.path(name))) {
          return true;
        }
      }
    }
    return false;
  }
}
