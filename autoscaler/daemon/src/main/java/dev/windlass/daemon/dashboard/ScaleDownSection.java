package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Price;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.daemon.dashboard.CapacityIndex.Total;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Nodes that leave with what that saves, and nodes that are kept with what each reason costs. */
final class ScaleDownSection {
  private static final int MAX_LEAVING = 200;
  private static final int MAX_EXAMPLES = 20;

  private final ScaleDownPlan plan;
  private final CapacityIndex capacity;

  ScaleDownSection(ScaleDownPlan plan, CapacityIndex capacity) {
    this.plan = plan;
    this.capacity = capacity;
  }

  /** Writes {@code scaleDown} and {@code kept}. */
  void write(Fields document) {
    List<Removal> leaving = plan.removals();
    document
        .put("leaving", leaving.size())
        .list(
            "scaleDown",
            leaving.subList(0, Math.min(MAX_LEAVING, leaving.size())),
            ScaleDownSection::leaving);
    Map<KeptReason, List<Kept>> byReason =
        plan.kept().stream()
            .collect(
                Collectors.groupingBy(
                    Kept::reason, () -> new EnumMap<>(KeptReason.class), Collectors.toList()));
    List<Map.Entry<KeptReason, List<Kept>>> rows =
        byReason.entrySet().stream()
            .sorted(Comparator.comparingLong(entry -> -cost(entry.getValue()).microsPerHour()))
            .toList();
    document.list("kept", rows, entry -> kept(entry.getKey(), entry.getValue()));
  }

  private static Fields leaving(Removal removal) {
    return Fields.object()
        .put("node", removal.node().value())
        .put("nodeGroup", removal.nodeGroup().value())
        .put("reason", removal.reason().title())
        .put(
            "tags",
            Sentences.tags(
                "group",
                removal.nodeGroup().value(),
                "rule",
                removal.reason().title(),
                "state",
                "leaving"))
        .put("hourlySaving", removal.hourlySaving())
        .put("moves", removal.moves().size())
        .put("message", message(removal));
  }

  static String message(Removal removal) {
    int moves = removal.moves().size();
    return switch (moves) {
      case 0 -> "No pod has to move.";
      case 1 -> "Its pod fits elsewhere.";
      default -> "Its " + moves + " pods fit elsewhere.";
    };
  }

  private Fields kept(KeptReason reason, List<Kept> nodes) {
    Instant until =
        nodes.stream()
            .map(Kept::until)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return Fields.object()
        .put("reason", reason.title())
        .put("state", state(reason))
        .put("nodes", nodes.size())
        .put("hourlyCost", cost(nodes))
        .put("until", until)
        .put("node", nodes.getFirst().node().value())
        .put("message", nodes.getFirst().message())
        .put("tags", tags(reason, nodes));
  }

  private static String tags(KeptReason reason, List<Kept> nodes) {
    String names =
        nodes.stream()
            .limit(MAX_EXAMPLES)
            .map(kept -> kept.node() + " group:" + kept.nodeGroup())
            .collect(Collectors.joining(" "));
    return Sentences.tags("rule", reason.title(), "state", "kept", "node", names);
  }

  /** A node that does its work is no burden; everything else is held by a rule. */
  private static String state(KeptReason reason) {
    return switch (reason) {
      case UTILIZED, COUNTED_ON, STARTING -> "ok";
      case STALE_INPUT, UNREADY, REMOVAL_LIMIT, NOT_EXAMINED -> "wait";
      case SCALE_DOWN_DISABLED,
          GROUP_PAUSED,
          GROUP_AT_MIN_SIZE,
          RECENT_SCALE_UP,
          DO_NOT_DISRUPT,
          REMOVED_ELSEWHERE,
          UNNEEDED_TIMER,
          NO_PLACE_FOR_POD,
          DISRUPTION_BUDGET,
          NOT_REPLICATED,
          CONTROLLER_NOT_FOUND,
          SYSTEM_POD,
          NOT_SAFE_TO_EVICT,
          LOCAL_STORAGE ->
          "hold";
    };
  }

  /** What the rules keep that could go otherwise. */
  Total held() {
    Total total = Total.NOTHING;
    for (Kept kept : plan.kept()) {
      if (!state(kept.reason()).equals("ok")) {
        total = total.plus(price(kept));
      }
    }
    return total;
  }

  private Price cost(List<Kept> nodes) {
    Total total = Total.NOTHING;
    for (Kept kept : nodes) {
      total = total.plus(price(kept));
    }
    return total.shown();
  }

  private Price price(Kept kept) {
    return capacity.node(kept.node()).map(capacity::priceOf).orElse(Price.UNKNOWN);
  }
}
