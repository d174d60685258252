package dev.windlass.daemon.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A Plan document for people: the sections that say something, one line for each thing. */
final class PlanTable {
  private static final int MAX_ROWS = 200;

  private PlanTable() {}

  /** The text, with a line break at its end. */
  static String render(JsonNode plan) {
    List<String> parts = new ArrayList<>();
    parts.add("Plan at " + plan.path("at").asString() + cost(plan.path("hourlyCost")) + "\n");
    section(parts, "Replicas", plan.path("replicas"), PlanTable::replicas);
    section(parts, "Node groups that grow", plan.path("scaleUp"), PlanTable::increases);
    section(parts, "Pods that are helped", plan.path("placements"), PlanTable::placements);
    section(
        parts,
        "Pods that stay pending",
        PendingLines.of(plan.path("unhelped")),
        PlanTable::unhelped);
    section(parts, "Nodes that go", plan.path("scaleDown"), PlanTable::removals);
    section(parts, "Nodes that stay", plan.path("kept"), PlanTable::kept);
    section(parts, "GPU nodes", plan.path("gpu"), PlanTable::gpu);
    section(parts, "Left for the next decision", plan.path("deferred"), PlanTable::deferred);
    section(parts, "Not looked at", plan.path("ignored"), PlanTable::ignored);
    if (parts.size() == 1) {
      parts.add("Nothing to do.\n");
    }
    return String.join("\n", parts);
  }

  private static void section(
      List<String> parts, String title, JsonNode array, Function<List<JsonNode>, TextTable> table) {
    List<JsonNode> shown = new ArrayList<>();
    for (JsonNode each : array) {
      if (shown.size() < MAX_ROWS) {
        shown.add(each);
      }
    }
    if (!shown.isEmpty()) {
      int more = array.size() - shown.size();
      String rest = more == 0 ? "" : "… and " + more + " more, all of them in -o json\n";
      parts.add(title + "\n" + table.apply(shown).render() + rest);
    }
  }

  private static String cost(JsonNode cost) {
    return cost.isMissingNode()
        ? ""
        : ", " + usd(cost.path("before")) + " now, " + usd(cost.path("after")) + " then";
  }

  private static String usd(JsonNode price) {
    return price.isMissingNode() ? "–" : String.format(Locale.ROOT, "$%.2f/h", price.asDouble());
  }

  private static TextTable replicas(List<JsonNode> scalers) {
    TextTable table = new TextTable("SCALER", "TARGET", "FROM", "TO", "LIMIT", "METRICS");
    for (JsonNode each : scalers) {
      List<String> metrics = new ArrayList<>();
      for (JsonNode metric : each.path("metrics")) {
        metrics.add(
            metric.has("error")
                ? metric.path("name").asString() + ": " + metric.path("error").asString()
                : metric.path("name").asString()
                    + " "
                    + metric.path("current").asString("–")
                    + "/"
                    + metric.path("target").asString()
                    + " → "
                    + metric.path("proposal").asString("–"));
      }
      table.add(
          each.path("namespace").asString() + "/" + each.path("name").asString(),
          each.path("target").path("kind").asString()
              + " "
              + each.path("target").path("name").asString(),
          each.path("current").asString(),
          each.path("desired").asString(),
          each.path("limitedBy").asString("–"),
          String.join(", ", metrics));
    }
    return table;
  }

  private static TextTable increases(List<JsonNode> increases) {
    TextTable table = new TextTable("GROUP", "FROM", "TO", "MACHINES", "PODS", "COST", "REASON");
    for (JsonNode each : increases) {
      List<String> machines = new ArrayList<>();
      for (JsonNode variant : each.path("variants")) {
        machines.add(
            variant.path("count").asString()
                + " × "
                + variant.path("instanceType").asString()
                + " "
                + variant.path("zone").asString());
      }
      table.add(
          each.path("nodeGroup").asString(),
          each.path("from").asString(),
          each.path("to").asString(),
          String.join(", ", machines),
          String.valueOf(each.path("pods").size()),
          usd(each.path("hourlyCost")),
          each.path("reason").asString());
    }
    return table;
  }

  private static TextTable placements(List<JsonNode> placements) {
    TextTable table = new TextTable("POD", "NODE");
    for (JsonNode each : placements) {
      String existing = each.path("node").asString("");
      table.add(
          each.path("pod").asString(),
          existing.isEmpty() ? "new " + each.path("newNode").asString() : existing);
    }
    return table;
  }

  private static TextTable unhelped(List<JsonNode> lines) {
    TextTable table = new TextTable("PODS", "FIRST OF THEM", "GROUP", "RULE", "MESSAGE");
    for (JsonNode each : lines) {
      table.add(
          each.path("pods").asString(),
          each.path("pod").asString(),
          each.path("nodeGroups").asString(),
          each.path("rule").asString(),
          each.path("message").asString());
    }
    return table;
  }

  private static TextTable removals(List<JsonNode> removals) {
    TextTable table = new TextTable("NODE", "GROUP", "REASON", "PODS TO MOVE", "SAVING");
    for (JsonNode each : removals) {
      table.add(
          each.path("node").asString(),
          each.path("nodeGroup").asString(),
          each.path("reason").asString(),
          String.valueOf(each.path("moves").size()),
          usd(each.path("hourlySaving")));
    }
    return table;
  }

  private static TextTable kept(List<JsonNode> kept) {
    TextTable table = new TextTable("NODE", "REASON", "POD", "MESSAGE");
    for (JsonNode each : kept) {
      table.add(
          each.path("node").asString(),
          each.path("reason").asString(),
          each.path("pod").asString("–"),
          each.path("message").asString());
    }
    return table;
  }

  private static TextTable gpu(List<JsonNode> machines) {
    TextTable table = new TextTable("NODE", "STACK", "PHASE", "DEADLINE", "NOW");
    for (JsonNode each : machines) {
      table.add(
          each.path("node").asString(),
          each.path("stack").asString(),
          each.path("phase").asString(),
          each.path("deadline").asString("–"),
          each.path("action").asString("–"));
    }
    return table;
  }

  private static TextTable deferred(List<JsonNode> deferred) {
    TextTable table = new TextTable("WHAT", "WHY");
    for (JsonNode each : deferred) {
      table.add(each.path("what").asString(), each.path("why").asString());
    }
    return table;
  }

  private static TextTable ignored(List<JsonNode> ignored) {
    TextTable table = new TextTable("KIND", "COUNT", "REASON");
    for (JsonNode each : ignored) {
      table.add(
          each.path("kind").asString(),
          each.path("count").asString(),
          each.path("reason").asString("this kind is not looked at"));
    }
    return table;
  }
}
