package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of pods and of the templates of workloads, as the API reference documents them. */
final class PodDefaults {
  private static final int DEFAULT_GRACE_SECONDS = 30;
  private static final int DEFAULT_FILE_MODE = 420;
  private static final int DEFAULT_TOLERATION_SECONDS = 300;
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> MODES =
      List.of("secret", "configMap", "downwardAPI", "projected");

  private PodDefaults() {}

  /** A pod of its own: the defaults of its spec, its account, tolerations and first status. */
  static void pod(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec");
    spec(spec);
    limitsToRequests(spec);
    Json.putDefault(spec, "enableServiceLinks", BooleanNode.TRUE);
    if (Json.string(spec, "serviceAccountName").isEmpty()) {
      String older = Json.string(spec, "serviceAccount");
      spec.put("serviceAccountName", older.isEmpty() ? "default" : older);
    }
    spec.put("serviceAccount", Json.string(spec, "serviceAccountName"));
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
  }

  private static void tolerate(ObjectNode spec, String key) {
    ArrayNode all = Json.list(spec, "tolerations");
    for (JsonNode one : all) {
      String effect = Json.string(one, "effect");
      String tolerated = Json.string(one, "key");
      boolean sameKey =
          tolerated.equals(key)
              || (tolerated.isEmpty() && Json.string(one, "operator").equals("Exists"));
      if (sameKey && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return;
      }
    }
    all.addObject()
        .put("key", key)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", DEFAULT_TOLERATION_SECONDS);
  }

  /** The spec of a pod or a template. */
  static void spec(ObjectNode spec) {
    Json.putDefault(spec, "restartPolicy", "Always");
    Json.putDefault(spec, "terminationGracePeriodSeconds", DEFAULT_GRACE_SECONDS);
    Json.putDefault(spec, "dnsPolicy", "ClusterFirst");
    Json.putDefault(spec, "schedulerName", "default-scheduler");
    if (!spec.has("securityContext")) {
      spec.putObject("securityContext");
    }
    boolean host = Json.isTrue(spec, "hostNetwork");
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        container((ObjectNode) container, host);
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      volume((ObjectNode) volume);
    }
    for (JsonNode spread : spec.path("topologySpreadConstraints")) {
      Json.putDefault((ObjectNode) spread, "nodeAffinityPolicy", "Honor");
      Json.putDefault((ObjectNode) spread, "nodeTaintsPolicy", "Ignore");
    }
  }

  private static void container(ObjectNode container, boolean host) {
    Json.putDefault(container, "terminationMessagePath", "/dev/termination-log");
    Json.putDefault(container, "terminationMessagePolicy", "File");
    Json.putDefault(container, "imagePullPolicy", pullPolicy(Json.string(container, "image")));
    if (!container.has("resources")) {
      container.putObject("resources");
    }
    for (JsonNode port : container.path("ports")) {
      Json.putDefault((ObjectNode) port, "protocol", "TCP");
      if (host) {
        Json.putDefault((ObjectNode) port, "hostPort", port.path("containerPort"));
      }
    }
    PROBES.forEach(name -> probe(container.path(name)));
    handler(Json.at(container, "lifecycle", "preStop"));
    handler(Json.at(container, "lifecycle", "postStart"));
    for (JsonNode variable : container.path("env")) {
      if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode field) {
        Json.putDefault(field, "apiVersion", "v1");
      }
      if (variable.path("valueFrom").path("resourceFieldRef") instanceof ObjectNode field) {
        Json.putDefault(field, "divisor", "0");
      }
    }
  }

  private static String pullPolicy(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean digest = last.contains("@");
    boolean latest = !last.contains(":") || last.endsWith(":latest");
    return latest && !digest ? "Always" : "IfNotPresent";
  }

  private static void probe(JsonNode probe) {
    if (probe instanceof ObjectNode object) {
      handler(object);
      Json.putDefault(object, "timeoutSeconds", 1);
      Json.putDefault(object, "periodSeconds", 10);
      Json.putDefault(object, "successThreshold", 1);
      Json.putDefault(object, "failureThreshold", 3);
      if (object.path("grpc") instanceof ObjectNode grpc) {
        Json.putDefault(grpc, "service", "");
      }
    }
  }

  private static void handler(JsonNode handler) {
    if (handler.path("httpGet") instanceof ObjectNode get) {
      Json.putDefault(get, "path", "/");
      Json.putDefault(get, "scheme", "HTTP");
    }
  }

  private static void volume(ObjectNode volume) {
    if (volume.size() == 1) {
      volume.putObject("emptyDir");
    }
    for (String kind : MODES) {
      if (volume.path(kind) instanceof ObjectNode source) {
        Json.putDefault(source, "defaultMode", DEFAULT_FILE_MODE);
      }
    }
    if (volume.path("hostPath") instanceof ObjectNode path) {
      Json.putDefault(path, "type", "");
    }
    for (JsonNode item : Json.at(volume, "downwardAPI", "items")) {
      if (item.path("fieldRef") instanceof ObjectNode field) {
        Json.putDefault(field, "apiVersion", "v1");
      }
    }
    if (Json.at(volume, "ephemeral", "volumeClaimTemplate", "spec") instanceof ObjectNode claim) {
      Json.putDefault(claim, "volumeMode", "Filesystem");
    }
  }

  private static void limitsToRequests(ObjectNode spec) {
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        if (container.path("resources") instanceof ObjectNode resources
            && resources.path("limits") instanceof ObjectNode limits) {
          ObjectNode requests = Json.child(resources, "requests");
          for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            Json.putDefault(requests, limit.getKey(), limit.getValue());
          }
        }
      }
    }
  }
}
