package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.Price;
import dev.windlass.daemon.dashboard.CapacityIndex.Total;
import dev.windlass.daemon.dashboard.ReplicaSection.State;
import dev.windlass.daemon.dashboard.SeriesPoint.PodCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The five tiles under the verdict: a figure each, and what is behind it, worst line first. */
final class Tiles {
  private final HistoryView view;

  Tiles(HistoryView view) {
    this.view = view;
  }

  /** One tile while it is written; lines about nothing are left out. */
  private static final class Tile {
    private final Fields fields;
    private final List<Fields> lines = new ArrayList<>();

    Tile(String href, String title, String value, String unit) {
      fields =
          Fields.object()
              .put("href", href)
              .put("title", title)
              .put("value", value)
              .put("unit", unit);
    }

    Tile line(String state, long number, String words) {
      return number == 0 ? this : line(state, number + " " + words);
    }

    Tile line(String state, String words) {
      lines.add(Fields.object().put("state", state).put("text", words));
      return this;
    }

    JsonNode write(String state, String otherwise) {
      if (lines.isEmpty()) {
        line(state, otherwise);
      }
      return fields.list("lines", lines, line -> line).node();
    }
  }

  /** The tiles, in the page's order. */
  ArrayNode write(List<NodeGroupSection.Row> groups, Costs costs) {
    ArrayNode tiles = JsonNodeFactory.instance.arrayNode();
    tiles.add(pending()).add(gpu()).add(nodes(groups)).add(scalers()).add(cost(costs));
    return tiles;
  }

  private JsonNode pending() {
    PodCounts counts = PendingSection.counts(view.tick());
    return new Tile("#pending", "Pending pods", Integer.toString(counts.all()), "")
        .line("need", counts.needYou(), counts.needYou() == 1 ? "needs you" : "need you")
        .line("wait", counts.waiting(), "waiting")
        .line(
            "come",
            counts.nodeComing(),
            (counts.nodeComing() == 1 ? "has" : "have") + " a node coming")
        .write("ok", "All pods have a node");
  }

  private JsonNode gpu() {
    long failed = gpu(0);
    long late = gpu(1);
    long running = late + gpu(2);
    return new Tile("#gpu-nodes", "GPU bootstrap", Long.toString(running), "running")
        .line("need", failed, "failed")
        .line("wait", late, "near the deadline")
        .line("ok", gpu(3), "ready")
        .write("hold", running > 0 ? "In time" : "No GPU machine");
  }

  private long gpu(int urgency) {
    List<GpuPlan.Machine> machines = view.tick().decision().plans().gpu().machines();
    return machines.stream()
        .filter(
            machine -> GpuRow.urgency(machine.progress(), view.tick().decision().at()) == urgency)
        .count();
  }

  private JsonNode nodes(List<NodeGroupSection.Row> groups) {
    int ready = groups.stream().mapToInt(row -> row.sizes().ready()).sum();
    int coming = groups.stream().mapToInt(row -> row.sizes().coming()).sum();
    String unit = "ready in " + Sentences.count(groups.size(), "group");
    return new Tile("#groups", "Nodes", Integer.toString(ready), unit)
        .line("need", groups(groups, "need"), "bound")
        .line("wait", groups(groups, "wait"), "waiting")
        .line("come", coming, "coming")
        .line("down", view.tick().decision().plans().scaleDown().removals().size(), "leaving")
        .write("ok", "Nothing ordered");
  }

  private static long groups(List<NodeGroupSection.Row> groups, String key) {
    return groups.stream().filter(row -> row.state().key().equals(key)).count();
  }

  private JsonNode scalers() {
    int all = view.tick().decision().plans().replicas().decisions().size();
    return new Tile("#scalers", "Replica scalers", Integer.toString(all), "")
        .line("need", scalers(State.FAILING), "without a metric")
        .line("wait", scalers(State.LIMITED), "limited")
        .line("come", scalers(State.MOVING), "moving")
        .line("hold", scalers(State.HELD), "held")
        .write("ok", all == 0 ? "None" : "All on target");
  }

  private long scalers(State state) {
    return view.tick().decision().plans().replicas().decisions().stream()
        .filter(decision -> ReplicaSection.state(decision) == state)
        .count();
  }

  /** What runs now, after this decision, and by rules alone. */
  record Costs(Total before, Total after, Total held) {}

  private static JsonNode cost(Costs costs) {
    Price before = costs.before().shown();
    Tile tile =
        new Tile("#nodes", "Cost per hour", before.known() ? usd(before) : "–", "list prices");
    long change = costs.after().price().microsPerHour() - costs.before().price().microsPerHour();
    if (change != 0) {
      String sign = change < 0 ? "−" : "+";
      tile.line(
          change < 0 ? "down" : "up",
          sign + usd(new Price(Math.abs(change))) + " by this decision");
    }
    if (costs.held().price().microsPerHour() > 0) {
      tile.line("hold", usd(costs.held().price()) + " held by rules");
    }
    if (costs.before().unknown() > 0) {
      tile.line("hold", "without " + Sentences.count(costs.before().unknown(), "node"));
    }
    return tile.write("ok", "Nothing changes it");
  }

  private static String usd(Price price) {
    BigDecimal amount = BigDecimal.valueOf(price.microsPerHour(), 6);
    return String.format(Locale.ROOT, "$%,.2f", amount.setScale(2, RoundingMode.HALF_UP));
  }
}
