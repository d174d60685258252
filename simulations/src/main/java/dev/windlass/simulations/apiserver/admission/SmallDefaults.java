package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of nodes, namespaces, storage, devices, budgets, roles and scalers. */
final class SmallDefaults {
  private static final int DEFAULT_CPU_PERCENT = 80;
  private static final int SCALE_UP_PODS = 4;
  private static final int SCALE_UP_PERCENT = 100;
  private static final int SCALE_UP_SECONDS = 15;
  private static final String RBAC = "rbac.authorization.k8s.io";

  private SmallDefaults() {}

  static void node(ObjectNode node) {
    ObjectNode status = Json.child(node, "status");
    if (!status.has("allocatable") && status.has("capacity")) {
      status.set("allocatable", status.path("capacity").deepCopy());
    }
    ObjectNode endpoint = Json.child(Json.child(status, "daemonEndpoints"), "kubeletEndpoint");
    Json.putDefault(endpoint, "Port", 0);
    ObjectNode about = Json.child(status, "nodeInfo");
    for (String name :
        List.of(
            "machineID",
            "systemUUID",
            "bootID",
            "kernelVersion",
            "osImage",
            "containerRuntimeVersion",
            "kubeletVersion",
            "kubeProxyVersion",
            "operatingSystem",
            "architecture")) {
      Json.putDefault(about, name, "");
    }
  }

  static void namespace(ObjectNode namespace) {
    ObjectNode metadata = Json.child(namespace, "metadata");
    Json.child(metadata, "labels")
        .put("kubernetes.io/metadata.name", Json.string(metadata, "name"));
    ObjectNode spec = Json.child(namespace, "spec");
    if (spec.path("finalizers").isEmpty()) {
      Json.list(spec, "finalizers").add("kubernetes");
    }
  }

  static void service(ObjectNode service) {
    ObjectNode spec = Json.child(service, "spec");
    Json.putDefault(spec, "type", "ClusterIP");
    Json.putDefault(spec, "sessionAffinity", "None");
    Json.putDefault(spec, "internalTrafficPolicy", "Cluster");
    for (JsonNode port : spec.path("ports")) {
      Json.putDefault((ObjectNode) port, "protocol", "TCP");
      Json.putDefault((ObjectNode) port, "targetPort", port.path("port"));
    }
    Json.putDefault(spec, "ipFamilyPolicy", "SingleStack");
    if (!spec.has("ipFamilies")) {
      Json.list(spec, "ipFamilies").add("IPv4");
    }
    if (spec.has("clusterIP") && !spec.has("clusterIPs")) {
      Json.list(spec, "clusterIPs").add(Json.string(spec, "clusterIP"));
    }
  }

  static void secret(ObjectNode secret) {
    Json.putDefault(secret, "type", "Opaque");
    if (secret.path("stringData") instanceof ObjectNode texts) {
      ObjectNode data = Json.child(secret, "data");
      texts
          .properties()
          .forEach(e ->
              data.put(
                  e.getKey(),
                  Base64.getEncoder()
                      .encodeToString(e.getValue().asString().getBytes(StandardCharsets.UTF_8))));
      secret.remove("stringData");
    }
  }

  static void claim(ObjectNode claim) {
    Json.putDefault(Json.child(claim, "spec"), "volumeMode", "Filesystem");
    Json.putDefault(Json.child(claim, "status"), "phase", "Pending");
  }

  static void volume(ObjectNode volume) {
    ObjectNode spec = Json.child(volume, "spec");
    Json.putDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
    Json.putDefault(spec, "volumeMode", "Filesystem");
  }

  static void storageClass(ObjectNode object) {
    Json.putDefault(object, "reclaimPolicy", "Delete");
    Json.putDefault(object, "volumeBindingMode", "Immediate");
  }

  static void driver(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putDefault(spec, "attachRequired", BooleanNode.TRUE);
    for (String name :
        List.of("podInfoOnMount", "storageCapacity", "requiresRepublish", "seLinuxMount")) {
      Json.putDefault(spec, name, BooleanNode.FALSE);
    }
    Json.putDefault(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
    if (!spec.has("volumeLifecycleModes")) {
      Json.list(spec, "volumeLifecycleModes").add("Persistent");
    }
  }

  static void claimOfDevices(JsonNode spec) {
    for (JsonNode request : Json.at(spec, "devices", "requests")) {
      if (request.path("exactly") instanceof ObjectNode exactly) {
        Json.putDefault(exactly, "allocationMode", "ExactCount");
        if (Json.string(exactly, "allocationMode").equals("ExactCount")) {
          Json.putDefault(exactly, "count", 1);
        }
      }
    }
  }

  static void binding(ObjectNode binding) {
    Json.putDefault(Json.child(binding, "roleRef"), "apiGroup", RBAC);
    for (JsonNode subject : binding.path("subjects")) {
      if (!Json.string(subject, "kind").equals("ServiceAccount")) {
        Json.putDefault((ObjectNode) subject, "apiGroup", RBAC);
      }
    }
  }

  static void scaler(ObjectNode scaler) {
    ObjectNode spec = Json.child(scaler, "spec");
    Json.putDefault(spec, "minReplicas", 1);
    if (spec.path("metrics").isEmpty()) {
      ObjectNode metric = Json.list(spec, "metrics").addObject().put("type", "Resource");
      metric
          .putObject("resource")
          .put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", DEFAULT_CPU_PERCENT);
    }
    if (spec.path("behavior") instanceof ObjectNode behavior) {
      ObjectNode up = Json.child(behavior, "scaleUp");
      Json.putDefault(up, "stabilizationWindowSeconds", 0);
      Json.putDefault(up, "selectPolicy", "Max");
      if (!up.has("policies")) {
        ArrayNode policies = up.putArray("policies");
        policy(policies, "Pods", SCALE_UP_PODS);
        policy(policies, "Percent", SCALE_UP_PERCENT);
      }
      ObjectNode down = Json.child(behavior, "scaleDown");
      Json.putDefault(down, "selectPolicy", "Max");
      if (!down.has("policies")) {
        policy(down.putArray("policies"), "Percent", SCALE_UP_PERCENT);
      }
    }
  }

  private static void policy(ArrayNode policies, String type, int value) {
    policies
        .addObject()
        .put("type", type)
        .put("value", value)
        .put("periodSeconds", SCALE_UP_SECONDS);
  }
}
