package dev.windlass.daemon.convert;

import dev.windlass.daemon.resource.Findings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The triggers of a ScaledObject as metrics: cpu, memory, prometheus and cron by themselves, every
 * other by the external metric that KEDA serves for it.
 */
final class Triggers {
  private static final String VALUE = "Value";
  private static final String AVERAGE_VALUE = "AverageValue";

  private final @Nullable JsonNode made;
  private final List<Remark> remarks;
  private final Findings findings;

  /** What all triggers have. */
  private record Trigger(
      Leftovers fields, Leftovers metadata, int index, String type, String name) {
    String place() {
      return "spec.triggers[" + index + "]";
    }
  }

  Triggers(@Nullable JsonNode made, List<Remark> remarks, Findings findings) {
    this.made = made;
    this.remarks = remarks;
    this.findings = findings;
  }

  /** The metric of a trigger; empty, with a remark, when there can be none. */
  Optional<ObjectNode> metric(JsonNode written, int index) {
    Leftovers fields = new Leftovers(written, "spec.triggers[" + index + "]", remarks);
    String type = fields.text("type").orElse("");
    String name = fields.text("name").orElse(type + "-" + index);
    Trigger trigger = new Trigger(fields, fields.inner("metadata"), index, type, name);
    fields.take("useCachedMetrics");
    Optional<ObjectNode> metric =
        switch (type) {
          case "cpu", "memory" -> Optional.of(resource(trigger));
          case "prometheus" -> Optional.of(prometheus(trigger));
          case "cron" -> Optional.of(schedule(trigger));
          default -> external(trigger);
        };
    fields.leave("authenticationRef", "nothing of this metric needs it");
    trigger.metadata().leaveRest();
    fields.leaveRest();
    return metric;
  }

  private ObjectNode resource(Trigger trigger) {
    Optional<String> container = trigger.metadata().text("containerName");
    ObjectNode metric = metric(container.isPresent() ? "ContainerResource" : "Resource");
    ObjectNode source = metric.putObject(container.isPresent() ? "containerResource" : "resource");
    source.put("name", trigger.type());
    container.ifPresent(name -> source.put("container", name));
    Optional<String> older = trigger.metadata().text("type");
    String type = trigger.fields().text("metricType").or(() -> older).orElse("");
    String value = trigger.metadata().text("value").orElse("");
    ObjectNode target = source.putObject("target").put("type", type);
    switch (type) {
      case "Utilization" -> target.put("averageUtilization", whole(trigger, "value", value));
      case AVERAGE_VALUE -> target.put("averageValue", value);
      default ->
          findings.add(trigger.place() + ".metricType", type, "Utilization or " + AVERAGE_VALUE);
    }
    return metric;
  }

  private ObjectNode prometheus(Trigger trigger) {
    Leftovers metadata = trigger.metadata();
    ObjectNode metric = metric("Prometheus");
    ObjectNode source = metric.putObject("prometheus");
    source.put("name", trigger.name());
    source.put("serverAddress", metadata.text("serverAddress").orElse(""));
    boolean emptyIsZero = metadata.text("ignoreNullValues").orElse("true").equals("true");
    source.put("query", query(metadata.text("query").orElse(""), emptyIsZero));
    metadata.text("timeout").ifPresent(millis -> source.put("timeout", millis + "ms"));
    metadata.take("metricName");
    source.set("target", target(trigger, "threshold"));
    metadata.remark("serverAddress", "the Configuration must allow its host");
    trigger
        .fields()
        .leave(
            "authenticationRef",
            "put token, or username and password, and ca.crt in a Secret and name it secretName");
    metadata.leave("activationThreshold", "above zero the target follows the threshold alone");
    return metric;
  }

  /** KEDA takes no answer for zero unless it is told not to. */
  private static String query(String query, boolean emptyIsZero) {
    return query.isEmpty() || !emptyIsZero || query.contains("vector(0)")
        ? query
        : "sum(" + query + ") or vector(0)";
  }

  private ObjectNode schedule(Trigger trigger) {
    Leftovers metadata = trigger.metadata();
    ObjectNode metric = metric("Schedule");
    ObjectNode source = metric.putObject("schedule");
    source.put("name", trigger.name());
    metadata.text("timezone").ifPresent(zone -> source.put("timeZone", zone));
    source.put("start", metadata.text("start").orElse(""));
    source.put("end", metadata.text("end").orElse(""));
    String replicas = metadata.text("desiredReplicas").orElse("");
    source.put("replicas", whole(trigger, "desiredReplicas", replicas));
    trigger.fields().take("metricType");
    return metric;
  }

  /** KEDA names the metric of its n-th trigger {@code sN-…}, and serves it to everybody. */
  private Optional<ObjectNode> external(Trigger trigger) {
    String prefix = "s" + trigger.index() + "-";
    trigger.metadata().takeAll();
    trigger.fields().take("metricType");
    trigger.fields().take("authenticationRef");
    if (made != null) {
      for (JsonNode metric : made.path("spec").path("metrics")) {
        String name = metric.path("external").path("metric").path("name").asString("");
        if (name.startsWith(prefix)) {
          remarks.add(
              new Remark(
                  trigger.place(),
                  "KEDA goes on serving "
                      + name
                      + ": keep the ScaledObject, with the annotation"
                      + " autoscaling.keda.sh/paused: \"true\""));
          return Optional.of((ObjectNode) metric.deepCopy());
        }
      }
    }
    remarks.add(
        new Remark(
            trigger.place(),
            "not carried over: hand over the HorizontalPodAutoscaler that KEDA made too, which has"
                + " the name and target of the external metric of this "
                + trigger.type()
                + " trigger"));
    return Optional.empty();
  }

  private ObjectNode target(Trigger trigger, String name) {
    String type = trigger.fields().text("metricType").orElse(AVERAGE_VALUE);
    ObjectNode target = JsonNodeFactory.instance.objectNode().put("type", type);
    String value = trigger.metadata().text(name).orElse("");
    switch (type) {
      case AVERAGE_VALUE -> target.put("averageValue", value);
      case VALUE -> target.put("value", value);
      default ->
          findings.add(trigger.place() + ".metricType", type, VALUE + " or " + AVERAGE_VALUE);
    }
    return target;
  }

  private int whole(Trigger trigger, String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      findings.add(trigger.metadata().place(name), text, "a whole number");
      return 1;
    }
  }

  private static ObjectNode metric(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
