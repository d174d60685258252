package dev.windlass.daemon.plan;

import dev.windlass.core.scaledown.ScaleDownPlan;
import java.util.Comparator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The plan's {@code scaleDown} and {@code kept}. */
final class ScaleDownSection {
  private ScaleDownSection() {}

  static ArrayNode removals(ScaleDownPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.removals().stream()
        .sorted(Comparator.comparing(ScaleDownPlan.Removal::node))
        .forEach(removal -> writeRemoval(removal, array.addObject()));
    return array;
  }

  private static void writeRemoval(ScaleDownPlan.Removal removal, ObjectNode node) {
    node.put("node", removal.node().value());
    node.put("nodeGroup", removal.nodeGroup().value());
    node.put("reason", removal.reason().title());
    ArrayNode moves = node.putArray("moves");
    removal.moves().stream()
        .sorted(Comparator.comparing(ScaleDownPlan.Move::pod))
        .forEach(move ->
            moves
                .addObject()
                .put("pod", move.pod().toString())
                .put("toNode", move.toNode().value()));
    PlanDocument.putPrice(node, "hourlySaving", removal.hourlySaving());
  }

  static ArrayNode kept(ScaleDownPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.kept().stream()
        .sorted(Comparator.comparing(ScaleDownPlan.Kept::node))
        .forEach(kept -> {
          ObjectNode node = array.addObject();
          node.put("node", kept.node().value()).put("reason", kept.reason().title());
          if (kept.pod() != null) {
            node.put("pod", kept.pod().toString());
          }
          node.put("message", kept.message());
        });
    return array;
  }
}
