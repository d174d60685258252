package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule.Outcome;
import dev.windlass.daemon.dashboard.SeriesPoint.PodCounts;
import dev.windlass.engine.Tick;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pending pods of a decision: totals, and groups of pods that are alike. */
final class PendingSection {
  /** A page can show no more; the rest is a number. */
  static final int MAX_GROUPS = 200;

  private final Tick tick;
  private final Map<ObjectKey, String> newNodes = new HashMap<>();

  private PendingSection(Tick tick) {
    this.tick = tick;
    for (PodPlacement placement : tick.decision().plans().scaleUp().placements()) {
      if (placement instanceof PodPlacement.OnNewNode coming) {
        newNodes.put(coming.pod(), coming.nodeGroup().value());
      }
    }
  }

  static PodCounts counts(Tick tick) {
    int needYou = 0;
    int waiting = 0;
    for (Unhelped unhelped : tick.decision().plans().scaleUp().unhelped()) {
      if (PendingGroups.outcome(unhelped) == Outcome.WAITING) {
        waiting++;
      } else {
        needYou++;
      }
    }
    return new PodCounts(needYou, waiting, tick.decision().plans().scaleUp().placements().size());
  }

  /** What the charts show of a tick. */
  static SeriesPoint point(Tick tick) {
    return new SeriesPoint(
        tick.decision().at(),
        counts(tick),
        CapacityIndex.of(tick.snapshot().capacity()).cost().shown());
  }

  static Fields of(Tick tick) {
    PendingSection section = new PendingSection(tick);
    PodCounts counts = counts(tick);
    List<PendingGroup> groups = PendingGroups.of(tick);
    List<PendingGroup> shown = groups.subList(0, Math.min(MAX_GROUPS, groups.size()));
    return Fields.object()
        .put(
            "totals",
            Fields.object()
                .put("pods", counts.all())
                .put("needsYou", counts.needYou())
                .put("waiting", counts.waiting())
                .put("nodeComing", counts.nodeComing())
                .put("groups", groups.size()))
        .put("more", groups.size() - shown.size())
        .list("groups", shown, section::write);
  }

  private Fields write(PendingGroup group) {
    String outcome = Sentences.key(group.kind().outcome());
    String owner = group.kind().owner().name();
    String orders =
        String.join(
            " group:", orders(group).stream().map(order -> order.nodeGroup().value()).toList());
    String tags =
        Sentences.tags(
            "ns",
            owner.substring(0, Math.max(0, owner.indexOf('/'))),
            "rule",
            group.kind().rule(),
            "state",
            outcome,
            "group",
            group.because().nearest(),
            "group",
            orders);
    return Fields.object()
        .put("key", group.kind().key())
        .put("outcome", outcome)
        .put("tags", tags)
        .put("pods", group.pods().size())
        .put("owner", group.kind().owner().name())
        .put("ownerKind", group.kind().owner().kind())
        .put("pod", group.pods().getFirst().toString())
        .put("requests", group.kind().requests())
        .put("since", group.since())
        .put("rule", group.kind().rule())
        .put("message", message(group))
        .put("nextTryAt", group.because().nextTry())
        .put("runs", runs(group))
        .put("nearest", group.because().nearest())
        .list("orders", orders(group), PendingSection::order);
  }

  private static String runs(PendingGroup group) {
    Instant nextTry = group.because().nextTry();
    return switch (group.kind().outcome()) {
      case NEEDS_YOU -> "Needs a change";
      case WAITING -> nextTry == null ? "–" : "Next try " + nextTry.toString().substring(11, 19);
      case NODE_COMING -> group.kind().rule().equals("FitsNow") ? "Next" : "With its node";
    };
  }

  private String message(PendingGroup group) {
    Map<String, Integer> coming = new TreeMap<>();
    for (ObjectKey pod : group.pods()) {
      String nodeGroup = newNodes.get(pod);
      if (nodeGroup != null) {
        coming.merge(nodeGroup, 1, Integer::sum);
      }
    }
    if (coming.isEmpty()) {
      return group.because().message();
    }
    StringBuilder words = new StringBuilder("Nodes are on their way:");
    String separator = " ";
    for (Map.Entry<String, Integer> entry : coming.entrySet()) {
      words
          .append(separator)
          .append(entry.getKey())
          .append(" for ")
          .append(Sentences.count(entry.getValue(), "pod"));
      separator = ", ";
    }
    return words.append('.').toString();
  }

  /** The purchases of this decision that serve the group. */
  private List<GroupIncrease> orders(PendingGroup group) {
    if (group.kind().outcome() != Outcome.NODE_COMING) {
      return List.of();
    }
    Set<ObjectKey> pods = Set.copyOf(group.pods());
    return tick.decision().plans().scaleUp().increases().stream()
        .filter(increase -> increase.pods().stream().anyMatch(pods::contains))
        .toList();
  }

  private static Fields order(GroupIncrease increase) {
    NodeGroupName group = increase.nodeGroup();
    return Fields.object()
        .put("nodeGroup", group.value())
        .put("from", increase.from())
        .put("to", increase.to())
        .put("hourlyCost", increase.hourlyCost());
  }
}
