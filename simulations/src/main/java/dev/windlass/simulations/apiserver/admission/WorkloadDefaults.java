package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of what makes pods from a template. */
final class WorkloadDefaults {
  private static final int HISTORY = 10;
  private static final int PROGRESS_SECONDS = 600;
  private static final int BACKOFF_LIMIT = 6;

  private WorkloadDefaults() {}

  private static void template(ObjectNode spec) {
    ObjectNode template = Json.child(spec, "template");
    Json.child(template, "metadata");
    PodDefaults.spec(Json.child(template, "spec"));
  }

  static void deployment(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    template(spec);
    Json.putDefault(spec, "replicas", 1);
    Json.putDefault(spec, "revisionHistoryLimit", HISTORY);
    Json.putDefault(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
    ObjectNode strategy = Json.child(spec, "strategy");
    Json.putDefault(strategy, "type", "RollingUpdate");
    if (Json.string(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      Json.putDefault(rolling, "maxUnavailable", "25%");
      Json.putDefault(rolling, "maxSurge", "25%");
    }
  }

  static void replicaSet(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    template(spec);
    Json.putDefault(spec, "replicas", 1);
  }

  static void statefulSet(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    template(spec);
    Json.putDefault(spec, "replicas", 1);
    Json.putDefault(spec, "podManagementPolicy", "OrderedReady");
    Json.putDefault(spec, "revisionHistoryLimit", HISTORY);
    ObjectNode strategy = Json.child(spec, "updateStrategy");
    Json.putDefault(strategy, "type", "RollingUpdate");
    if (Json.string(strategy, "type").equals("RollingUpdate")) {
      Json.putDefault(Json.child(strategy, "rollingUpdate"), "partition", 0);
    }
    ObjectNode claims = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
    Json.putDefault(claims, "whenDeleted", "Retain");
    Json.putDefault(claims, "whenScaled", "Retain");
    for (JsonNode claim : spec.path("volumeClaimTemplates")) {
      SmallDefaults.claim((ObjectNode) claim);
    }
  }

  static void daemonSet(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    template(spec);
    Json.putDefault(spec, "revisionHistoryLimit", HISTORY);
    ObjectNode strategy = Json.child(spec, "updateStrategy");
    Json.putDefault(strategy, "type", "RollingUpdate");
    if (Json.string(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Json.child(strategy, "rollingUpdate");
      Json.putDefault(rolling, "maxUnavailable", 1);
      Json.putDefault(rolling, "maxSurge", 0);
    }
    ObjectNode annotations = Json.child(Json.child(object, "metadata"), "annotations");
    Json.putDefault(annotations, "deprecated.daemonset.template.generation", "1");
  }

  static void job(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    template(spec);
    jobSpec(spec);
    if (!spec.has("selector") && !Json.isTrue(spec, "manualSelector")) {
      String uid = Json.string(object, "metadata", "uid");
      Json.child(Json.child(spec, "selector"), "matchLabels")
          .put("batch.kubernetes.io/controller-uid", uid);
      ObjectNode labels =
          Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
      String name = Json.string(object, "metadata", "name");
      labels
          .put("batch.kubernetes.io/controller-uid", uid)
          .put("batch.kubernetes.io/job-name", name);
      labels.put("controller-uid", uid).put("job-name", name);
    }
  }

  static void cronJob(ObjectNode object) {
    ObjectNode spec = Json.child(object, "spec");
    Json.putDefault(spec, "concurrencyPolicy", "Allow");
    Json.putDefault(spec, "suspend", BooleanNode.FALSE);
    Json.putDefault(spec, "successfulJobsHistoryLimit", 3);
    Json.putDefault(spec, "failedJobsHistoryLimit", 1);
    ObjectNode template = Json.child(Json.child(spec, "jobTemplate"), "spec");
    template(template);
    jobSpec(template);
  }

  private static void jobSpec(ObjectNode spec) {
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Json.putDefault(spec, "parallelism", 1);
    Json.putDefault(spec, "backoffLimit", BACKOFF_LIMIT);
    Json.putDefault(spec, "completionMode", "NonIndexed");
    Json.putDefault(spec, "suspend", BooleanNode.FALSE);
    Json.putDefault(spec, "podReplacementPolicy", "TerminatingOrFailed");
    Json.putDefault(spec, "manualSelector", BooleanNode.FALSE);
  }
}
