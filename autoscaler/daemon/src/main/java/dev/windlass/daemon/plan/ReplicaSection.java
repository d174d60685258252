package dev.windlass.daemon.plan;

import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import java.util.Comparator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The plan's {@code replicas}. */
final class ReplicaSection {
  private ReplicaSection() {}

  static ArrayNode of(ReplicaPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.decisions().stream()
        .sorted(Comparator.comparing(ReplicaDecision::scaler))
        .forEach(decision -> write(decision, array.addObject()));
    return array;
  }

  private static void write(ReplicaDecision decision, ObjectNode node) {
    node.put("namespace", decision.scaler().namespace());
    node.put("name", decision.scaler().name());
    node.putObject("target")
        .put("kind", decision.target().kind())
        .put("name", decision.target().key().name());
    node.put("current", decision.size().current());
    node.put("desired", decision.size().desired());
    ArrayNode metrics = node.putArray("metrics");
    decision.metrics().forEach(metric -> writeMetric(metric, metrics.addObject()));
    if (decision.verdict().limitedBy() != null) {
      node.put("limitedBy", decision.verdict().limitedBy());
    }
    ArrayNode conditions = node.putArray("conditions");
    for (ReplicaDecision.Condition each : decision.verdict().conditions()) {
      conditions
          .addObject()
          .put("type", each.type())
          .put("status", each.status() ? "True" : "False")
          .put("reason", each.reason())
          .put("message", each.message());
    }
  }

  private static void writeMetric(ReplicaDecision.MetricProposal metric, ObjectNode node) {
    node.put("type", metric.type());
    node.put("name", metric.name());
    if (metric.current() != null) {
      node.put("current", metric.current());
    }
    node.put("target", metric.target());
    if (metric.proposal() != null) {
      node.put("proposal", metric.proposal());
    }
    if (metric.error() != null) {
      node.put("error", metric.error());
    }
  }
}
