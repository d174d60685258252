package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Price;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A decision as the document {@code kind: Plan}, whose schema ships as {@code plan.schema.json}.
 * Money is US dollars an hour. The same decision gives the same bytes.
 */
public final class PlanDocument {
  public static final String API_VERSION = "windlass.dev/v1alpha1";

  private PlanDocument() {}

  /**
   * The document.
   *
   * @param snapshot what was decided on
   * @param decision the decision
   * @param unread what of the input was not looked at
   */
  public static ObjectNode of(ClusterSnapshot snapshot, Decision decision, Unread unread) {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    plan.put("apiVersion", API_VERSION);
    plan.put("kind", "Plan");
    plan.put("at", decision.at().toString());
    Decision.Plans plans = decision.plans();
    plan.set("replicas", ReplicaSection.of(plans.replicas()));
    plan.set("scaleUp", ScaleUpSection.increases(plans.scaleUp()));
    plan.set("placements", ScaleUpSection.placements(plans.scaleUp()));
    plan.set("unhelped", ScaleUpSection.unhelped(plans.scaleUp()));
    plan.set("scaleDown", ScaleDownSection.removals(plans.scaleDown()));
    plan.putArray("consolidations");
    plan.set("kept", ScaleDownSection.kept(plans.scaleDown()));
    plan.set("gpu", GpuSection.of(plans.gpu()));
    plan.set("deferred", deferred(decision));
    plan.set("ignored", ignored(unread));
    HourlyCost.of(snapshot, decision)
        .ifPresent(cost -> {
          ObjectNode node = plan.putObject("hourlyCost");
          node.put("before", new Price(cost.beforeMicros()).usdPerHour());
          node.put("after", new Price(cost.afterMicros()).usdPerHour());
        });
    return plan;
  }

  private static ArrayNode deferred(Decision decision) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Decision.Deferred each : decision.deferred()) {
      array.addObject().put("what", each.what()).put("why", each.why());
    }
    return array;
  }

  private static ArrayNode ignored(Unread unread) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Unread.Ignored each : unread.ignored()) {
      ObjectNode node = array.addObject().put("kind", each.kind()).put("count", each.count());
      if (each.reason() != null) {
        node.put("reason", each.reason());
      }
    }
    return array;
  }

  /** Writes a price where there is one. */
  static void putPrice(ObjectNode node, String field, Price price) {
    if (price.known()) {
      node.put(field, price.usdPerHour());
    }
  }
}
