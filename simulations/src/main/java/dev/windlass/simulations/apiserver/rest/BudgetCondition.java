package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The condition {@code DisruptionAllowed} of a budget. */
public final class BudgetCondition {
  private static final String TYPE = "DisruptionAllowed";

  private BudgetCondition() {}

  /** Sets the condition; its time changes only when its truth does. */
  public static void set(ObjectNode status, boolean allowed, long generation, String time) {
    ArrayNode conditions = Json.list(status, "conditions");
    String truth = allowed ? "True" : "False";
    String since = time;
    for (int i = conditions.size() - 1; i >= 0; i--) {
      JsonNode old = conditions.get(i);
      if (Json.string(old, "type").equals(TYPE)) {
        since =
            Json.string(old, "status").equals(truth)
                ? Json.string(old, "lastTransitionTime")
                : time;
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", TYPE)
        .put("status", truth)
        .put("observedGeneration", generation)
        .put("lastTransitionTime", since)
        .put("reason", allowed ? "SufficientPods" : "InsufficientPods")
        .put("message", "");
  }
}
