package dev.windlass.daemon.convert;

import dev.windlass.daemon.resource.Findings;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.daemon.resource.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * ScaledObjects of KEDA ({@code keda.sh/v1alpha1}). Where something is missing without which the
 * scaler would choose other sizes, it is paused until its user has looked at it.
 */
final class ScaledObjects {
  static final String KIND = "ScaledObject";

  private static final Set<String> WAKING = Set.of("Prometheus", "External", "Schedule");
  private static final int USUAL_MAX = 100;
  private static final int USUAL_POLLING_SECONDS = 30;

  private final List<Remark> remarks = new ArrayList<>();
  private final Findings findings = new Findings();
  private final JsonNode object;
  private final Leftovers spec;
  private boolean incomplete;

  private ScaledObjects(JsonNode object) {
    this.object = object;
    this.spec = new Leftovers(object.path("spec"), "spec", remarks);
  }

  /**
   * The ReplicaScaler of the same name, or what is wrong.
   *
   * @param made the HorizontalPodAutoscaler that KEDA made of it, which tells the names and targets
   *     of its external metrics; null when it is not known
   */
  static Parsed<Conversion> convert(JsonNode object, @Nullable JsonNode made) {
    return new ScaledObjects(object).convert(made);
  }

  private Parsed<Conversion> convert(@Nullable JsonNode made) {
    ObjectNode scaler = ScalerDocument.named(object.path("metadata"));
    ObjectNode result = scaler.putObject("spec");
    Leftovers target = spec.inner("scaleTargetRef");
    ObjectNode reference = result.putObject("scaleTargetRef");
    target.text("apiVersion").ifPresent(text -> reference.put("apiVersion", text));
    reference.put("kind", target.text("kind").orElse("Deployment"));
    target.text("name").ifPresent(text -> reference.put("name", text));
    target.leave("envSourceContainerName", "credentials come from Secrets alone");
    target.leaveRest();
    ArrayNode metrics = metrics(made);
    bounds(result, metrics);
    if (!metrics.isEmpty()) {
      result.set("metrics", metrics);
    }
    advanced(result);
    fallback(result);
    annotations(result);
    spec.leave("cooldownPeriod", "zero is reached by the same windows and policies as any size");
    spec.leave("initialCooldownPeriod", "a new scaler holds its target for a whole window");
    spec.leaveRest();
    if (incomplete) {
      result.put("paused", true);
      remarks.add(new Remark("spec", "paused, since metrics are missing: add them, then unpause"));
    }
    return findings.none()
        ? Conversion.of(KIND + " " + ScalerDocument.key(scaler), scaler, remarks)
        : findings.bad();
  }

  private ArrayNode metrics(@Nullable JsonNode made) {
    Triggers triggers = new Triggers(made, remarks, findings);
    ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
    JsonNode given = spec.take("triggers");
    for (int i = 0; i < given.size(); i++) {
      Optional<ObjectNode> metric = triggers.metric(given.get(i), i);
      metric.ifPresent(metrics::add);
      incomplete |= metric.isEmpty();
    }
    return metrics;
  }

  private void bounds(ObjectNode result, ArrayNode metrics) {
    int min = spec.take("minReplicaCount").asInt(0);
    boolean wakes = false;
    for (JsonNode metric : metrics) {
      wakes |= WAKING.contains(metric.path("type").asString(""));
    }
    if (min == 0 && wakes) {
      spec.remark(
          "minReplicaCount",
          "if the target has no replica now, give it one: a scaler wakes only what it brought to"
              + " zero itself");
    } else if (min == 0) {
      spec.remark("minReplicaCount", "1 instead of 0: none of its metrics can wake the target");
      min = 1;
    }
    result.put("minReplicas", min);
    result.put("maxReplicas", spec.take("maxReplicaCount").asInt(USUAL_MAX));
    spec.leave("idleReplicaCount", "the target goes to minReplicas, idle or not");
  }

  private void advanced(ObjectNode result) {
    Leftovers advanced = spec.inner("advanced");
    JsonNode restore = advanced.take("restoreToOriginalReplicaCount");
    if (restore.asBoolean(false)) {
      advanced.remark(
          "restoreToOriginalReplicaCount",
          "not carried over: when a ReplicaScaler is deleted its target keeps its size");
    }
    Leftovers autoscaler = advanced.inner("horizontalPodAutoscalerConfig");
    autoscaler.take("name");
    JsonNode behavior = autoscaler.take("behavior");
    if (behavior.isObject()) {
      String place = autoscaler.place("behavior");
      result.set("behavior", new KnownFields(remarks).copy(behavior, place, "spec", "behavior"));
    }
    autoscaler.leaveRest();
    incomplete |=
        advanced.leave(
            "scalingModifiers",
            "the largest proposal of the metrics counts; a formula can be a Prometheus query");
    advanced.leaveRest();
  }

  private void fallback(ObjectNode result) {
    int seconds = spec.take("pollingInterval").asInt(USUAL_POLLING_SECONDS);
    if (seconds != USUAL_POLLING_SECONDS) {
      spec.remark("pollingInterval", "not carried over: the daemon reads metrics at its own pace");
    }
    JsonNode given = spec.take("fallback");
    String behavior = given.path("behavior").asString("static");
    String own =
        switch (behavior) {
          case "static" -> "Static";
          case "currentReplicasIfHigher" -> "CurrentReplicasIfHigher";
          case "currentReplicasIfLower" -> "CurrentReplicasIfLower";
          default -> "";
        };
    if (!given.isObject()) {
      return;
    }
    if (own.isEmpty()) {
      spec.remark("fallback", "not carried over: without an answer a target keeps its size");
      return;
    }
    Duration after = Duration.ofSeconds((long) seconds * given.path("failureThreshold").asInt(3));
    ObjectNode fallback = result.putObject("fallback");
    fallback.put("after", Texts.text(after));
    if (given.has("replicas")) {
      fallback.set("replicas", given.path("replicas"));
    }
    fallback.put("behavior", own);
    spec.remark("fallback.failureThreshold", "became a time: so many polling intervals");
  }

  /** What KEDA reads from annotations. */
  private void annotations(ObjectNode result) {
    for (Map.Entry<String, JsonNode> each :
        object.path("metadata").path("annotations").properties()) {
      boolean set = each.getValue().asString("").equals("true");
      switch (each.getKey()) {
        case "autoscaling.keda.sh/paused" -> {
          if (set) {
            result.put("paused", true);
          }
        }
        case "autoscaling.keda.sh/paused-scale-in" -> disable(result, "scaleDown", set);
        case "autoscaling.keda.sh/paused-scale-out" -> disable(result, "scaleUp", set);
        default -> {
          if (each.getKey().contains("keda.sh/")) {
            String place = "metadata.annotations[" + each.getKey() + "]";
            remarks.add(
                new Remark(place, "not carried over: a ReplicaScaler has no such annotation"));
          }
        }
      }
    }
  }

  private static void disable(ObjectNode result, String direction, boolean set) {
    if (set) {
      result
          .withObjectProperty("behavior")
          .withObjectProperty(direction)
          .put("selectPolicy", "Disabled");
    }
  }
}
