package dev.windlass.daemon.plan;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The plan's {@code scaleUp}, {@code placements} and {@code unhelped}. */
final class ScaleUpSection {
  private static final Comparator<Variant> BY_NAME =
      Comparator.comparing(Variant::instanceType)
          .thenComparing(Variant::zone)
          .thenComparing(Variant::purchase);

  private ScaleUpSection() {}

  static ArrayNode increases(ScaleUpPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.increases().stream()
        .sorted(Comparator.comparing(GroupIncrease::nodeGroup))
        .forEach(increase -> writeIncrease(increase, array.addObject()));
    return array;
  }

  private static void writeIncrease(GroupIncrease increase, ObjectNode node) {
    node.put("nodeGroup", increase.nodeGroup().value());
    node.put("from", increase.from());
    node.put("to", increase.to());
    ArrayNode variants = node.putArray("variants");
    increase.variants().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(BY_NAME))
        .forEach(entry ->
            variants
                .addObject()
                .put("instanceType", entry.getKey().instanceType())
                .put("zone", entry.getKey().zone())
                .put("purchase", purchase(entry.getKey().purchase()))
                .put("count", entry.getValue()));
    ArrayNode pods = node.putArray("pods");
    increase.pods().stream().sorted().forEach(pod -> pods.add(pod.toString()));
    PlanDocument.putPrice(node, "hourlyCost", increase.hourlyCost());
    node.put("reason", increase.reason());
  }

  static ArrayNode placements(ScaleUpPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.placements().stream()
        .sorted(Comparator.comparing(PodPlacement::pod))
        .forEach(placement -> {
          ObjectNode node = array.addObject().put("pod", placement.pod().toString());
          switch (placement) {
            case PodPlacement.OnNode on -> node.put("node", on.node().value());
            case PodPlacement.OnNewNode on ->
                node.put("nodeGroup", on.nodeGroup().value()).put("newNode", on.newNode());
          }
        });
    return array;
  }

  /** Pods that stay pending. */
  static ArrayNode unhelped(ScaleUpPlan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.unhelped().stream()
        .sorted(Comparator.comparing(Unhelped::pod))
        .forEach(each -> writeUnhelped(each, array.addObject()));
    return array;
  }

  private static void writeUnhelped(Unhelped unhelped, ObjectNode node) {
    node.put("pod", unhelped.pod().toString());
    ArrayNode reasons = node.putArray("reasons");
    for (Unhelped.Reason reason : unhelped.reasons()) {
      ObjectNode one = reasons.addObject();
      if (reason.nodeGroup() != null) {
        one.put("nodeGroup", reason.nodeGroup().value());
      }
      one.put("rule", reason.rule().title()).put("message", reason.message());
    }
  }

  /** The word that users read. */
  static String purchase(Purchase purchase) {
    return switch (purchase) {
      case ON_DEMAND -> "OnDemand";
      case SPOT -> "Spot";
    };
  }
}
