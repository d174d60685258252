package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Names;
import dev.windlass.simulations.apiserver.model.Quantity;
import dev.windlass.simulations.apiserver.selector.LabelSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What objects of other kinds than pods must hold. */
final class KindRules {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final String NOT_NEGATIVE = "must be greater than or equal to 0";

  private KindRules() {}

  static List<Cause> workload(JsonNode object) {
    List<Cause> causes = new ArrayList<>();
    JsonNode spec = object.path("spec");
    long replicas = Json.integer(spec, 0, "replicas");
    if (replicas < 0) {
      causes.add(Cause.invalid("spec.replicas", Long.toString(replicas), NOT_NEGATIVE));
    }
    JsonNode selector = spec.path("selector");
    if (!selector.isObject() || selector.isEmpty()) {
      causes.add(Cause.required("spec.selector", ""));
    }
    JsonNode template = spec.path("template");
    if (selector.isEmpty() || !LabelSelector.fromObject(selector).matches(template)) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              Json.at(template, "metadata", "labels").toString(),
              "`selector` does not match template `labels`"));
    }
    JsonNode rolling = Json.at(spec, "strategy", "rollingUpdate");
    if (isZero(rolling.path("maxSurge")) && isZero(rolling.path("maxUnavailable"))) {
      causes.add(
          Cause.invalid(
              "spec.strategy.rollingUpdate.maxUnavailable",
              "0",
              "may not be 0 when `maxSurge` is 0"));
    }
    causes.addAll(PodRules.check(template.path("spec"), "spec.template.spec"));
    return causes;
  }

  /** What a written status of a workload must hold. */
  static List<Cause> workloadStatus(JsonNode object) {
    List<Cause> causes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.path("status").properties()) {
      if (entry.getKey().endsWith("eplicas")
          && entry.getValue().isIntegralNumber()
          && entry.getValue().longValue() < 0) {
        causes.add(
            Cause.invalid("status." + entry.getKey(), entry.getValue().asString(), NOT_NEGATIVE));
      }
    }
    return causes;
  }

  private static boolean isZero(JsonNode value) {
    return value.asString("").equals("0") || value.asString("").equals("0%");
  }

  static List<Cause> node(JsonNode node) {
    List<Cause> causes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int i = 0;
    for (JsonNode taint : Json.at(node, "spec", "taints")) {
      String path = "metadata.taints[" + i + "]";
      String effect = Json.string(taint, "effect");
      if (!EFFECTS.contains(effect)) {
        causes.add(Cause.unsupported(path + ".effect", effect, EFFECTS.toArray(String[]::new)));
      }
      if (!Names.isQualified(Json.string(taint, "key"))) {
        causes.add(
            Cause.quoted(
                path + ".key", Json.string(taint, "key"), "name part " + Names.LABEL_RULE));
      }
      if (!seen.add(Json.string(taint, "key") + "\n" + effect)) {
        causes.add(Cause.duplicate(path, taint + ": taints must be unique by key and effect pair"));
      }
      i++;
    }
    for (String list : List.of("capacity", "allocatable")) {
      for (Map.Entry<String, JsonNode> entry : Json.at(node, "status", list).properties()) {
        String amount = entry.getValue().asString();
        if (Quantity.parse(amount).map(q -> q.value().signum() < 0).orElse(false)) {
          causes.add(Cause.quoted("status." + list + "." + entry.getKey(), amount, NOT_NEGATIVE));
        }
      }
    }
    return causes;
  }

  static List<Cause> budget(JsonNode budget) {
    List<Cause> causes = new ArrayList<>();
    JsonNode spec = budget.path("spec");
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      causes.add(
          Cause.invalid(
              "spec", spec.toString(), "minAvailable and maxUnavailable cannot be both set"));
    }
    for (String field : List.of("minAvailable", "maxUnavailable")) {
      amount(spec.path(field), "spec." + field, causes);
    }
    String policy = Json.string(spec, "unhealthyPodEvictionPolicy");
    if (!policy.isEmpty() && !policy.equals("AlwaysAllow") && !policy.equals("IfHealthyBudget")) {
      causes.add(
          Cause.unsupported(
              "spec.unhealthyPodEvictionPolicy", policy, "AlwaysAllow", "IfHealthyBudget"));
    }
    return causes;
  }

  private static void amount(JsonNode value, String path, List<Cause> causes) {
    if (value.isIntegralNumber() && value.longValue() < 0) {
      causes.add(Cause.invalid(path, value.asString(), NOT_NEGATIVE));
    }
    if (value.isString()) {
      String text = value.stringValue();
      boolean percent = text.matches("[0-9]{1,9}%");
      if (!percent) {
        causes.add(
            Cause.quoted(
                path,
                text,
                "a valid percent string must be a numeric string followed by an ending '%'"));
      } else if (Integer.parseInt(text.substring(0, text.length() - 1)) > 100) {
        causes.add(Cause.quoted(path, text, "must not be greater than 100%"));
      }
    }
  }

  static List<Cause> lease(JsonNode lease) {
    List<Cause> causes = new ArrayList<>();
    JsonNode spec = lease.path("spec");
    long duration = Json.integer(spec, 1, "leaseDurationSeconds");
    if (duration <= 0) {
      causes.add(
          Cause.invalid(
              "spec.leaseDurationSeconds", Long.toString(duration), "must be greater than 0"));
    }
    long transitions = Json.integer(spec, 0, "leaseTransitions");
    if (transitions < 0) {
      causes.add(Cause.invalid("spec.leaseTransitions", Long.toString(transitions), NOT_NEGATIVE));
    }
    return causes;
  }

  static List<Cause> keys(JsonNode object) {
    List<Cause> causes = new ArrayList<>();
    for (String field : List.of("data", "binaryData")) {
      for (String key : object.path(field).propertyNames()) {
        if (!Names.isConfigKey(key)) {
          causes.add(
              Cause.quoted(
                  field + "[" + key + "]",
                  key,
                  "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"));
        }
      }
    }
    return causes;
  }

  static List<Cause> scaler(JsonNode scaler) {
    List<Cause> causes = new ArrayList<>();
    long max = Json.integer(scaler.path("spec"), 0, "maxReplicas");
    long min = Json.integer(scaler.path("spec"), 1, "minReplicas");
    if (max < 1) {
      causes.add(Cause.invalid("spec.maxReplicas", Long.toString(max), "must be greater than 0"));
    } else if (max < min) {
      causes.add(
          Cause.invalid(
              "spec.maxReplicas",
              Long.toString(max),
              "must be greater than or equal to `minReplicas`"));
    }
    return causes;
  }
}
