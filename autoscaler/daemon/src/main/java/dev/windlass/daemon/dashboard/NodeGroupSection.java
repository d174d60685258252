package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.daemon.dashboard.CapacityIndex.Total;
import dev.windlass.engine.Tick;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Node groups: sizes, cost, and the rule that binds each. */
final class NodeGroupSection {
  private final Map<NodeGroupName, List<Node>> nodes;
  private final Map<NodeGroupName, List<Instance>> unregistered;
  private final Map<NodeGroupName, GroupIncrease> increases;
  private final Map<NodeGroupName, List<Removal>> removals;
  private final Map<NodeGroupName, Integer> cutOff = new HashMap<>();
  private final AutoscalerState next;
  private final CapacityIndex capacity;
  private final List<NodeGroup> groups;
  private final Instant now;

  NodeGroupSection(Tick tick, CapacityIndex capacity) {
    this.capacity = capacity;
    now = tick.decision().at();
    groups = tick.snapshot().capacity().groups();
    nodes = capacity.nodesByGroup();
    unregistered = capacity.unregisteredByGroup();
    next = tick.decision().next();
    increases =
        tick.decision().plans().scaleUp().increases().stream()
            .collect(
                Collectors.toMap(
                    GroupIncrease::nodeGroup, Function.identity(), (first, _) -> first));
    removals =
        tick.decision().plans().scaleDown().removals().stream()
            .collect(Collectors.groupingBy(Removal::nodeGroup));
    for (Unhelped unhelped : tick.decision().plans().scaleUp().unhelped()) {
      for (Unhelped.Reason reason : unhelped.reasons()) {
        NodeGroupName group = reason.nodeGroup();
        if (group != null && reason.rule() == UnhelpedRule.MAX_SIZE) {
          cutOff.merge(group, 1, Integer::sum);
        }
      }
    }
  }

  /**
   * A group's sizes, in nodes.
   *
   * @param ready ready nodes
   * @param coming ordered in this decision or before, and not ready
   * @param leaving being removed, among the ready
   * @param failed machines that failed
   */
  record Sizes(int ready, int coming, int leaving, int failed) {}

  /** A group's state in a word, with the rule that binds it and when it ends. */
  record State(
      String key, String title, @Nullable String rule, String message, @Nullable Instant until) {}

  /** A group with what the page says of it. */
  record Row(NodeGroup group, Sizes sizes, State state) {}

  /** All groups, most urgent first. */
  List<Row> rows() {
    return groups.stream()
        .map(group -> new Row(group, sizes(group), state(group)))
        .sorted(
            Comparator.comparingInt((Row row) -> urgency(row.state().key()))
                .thenComparing(row -> row.group().name()))
        .toList();
  }

  private static int urgency(String key) {
    return List.of("need", "wait", "come", "down", "ok", "hold").indexOf(key);
  }

  Fields write(Row row) {
    NodeGroup group = row.group();
    Sizes sizes = row.sizes();
    State state = row.state();
    return Fields.object()
        .put("name", group.name().value())
        .put("state", state.key())
        .put("title", state.title())
        .put(
            "tags",
            Sentences.tags(
                "group", group.name().value(), "state", state.key(), "rule", state.rule()))
        .put("min", group.size().min())
        .put("max", group.size().max())
        .put("ready", sizes.ready())
        .put("coming", sizes.coming())
        .put("leaving", sizes.leaving())
        .put("failed", sizes.failed())
        .put("machine", machine(group))
        .put("price", price(group))
        .put("hourlyCost", cost(group.name()).shown())
        .put("rule", state.rule())
        .put("message", state.message())
        .put("until", state.until());
  }

  Sizes sizes(NodeGroup group) {
    List<Node> members = nodes.getOrDefault(group.name(), List.of());
    List<Instance> machines = unregistered.getOrDefault(group.name(), List.of());
    int ready = (int) members.stream().filter(node -> node.status().ready()).count();
    int failed = (int) machines.stream().filter(it -> it.state() == Instance.State.FAILED).count();
    GroupIncrease increase = increases.get(group.name());
    int target = increase == null ? group.size().target() : increase.to();
    int leaving = removals.getOrDefault(group.name(), List.of()).size();
    int starting = (int) members.stream().filter(node -> isStarting(group, node)).count();
    int unseen = Math.max(0, target - members.size() - failed);
    return new Sizes(ready, unseen + starting, leaving, failed);
  }

  /** A node that isn't ready and is too young to be called broken. */
  private boolean isStarting(NodeGroup group, Node node) {
    return !node.status().ready()
        && node.status().createdAt().plus(group.settings().provisionTimeout()).isAfter(now);
  }

  State state(NodeGroup group) {
    Optional<Backoff> backoff = next.longestBackoff(group.name());
    Integer cut = cutOff.get(group.name());
    GroupIncrease increase = increases.get(group.name());
    if (backoff.isPresent() && now.isBefore(backoff.get().until())) {
      return backedOff(backoff.get());
    }
    if (cut != null) {
      String message =
          "Its maximum of " + group.size().max() + " cuts off " + Sentences.count(cut, "pod") + ".";
      return new State("need", "At maximum", UnhelpedRule.MAX_SIZE.title(), message, null);
    }
    if (increase != null) {
      return new State("come", "Growing", null, increase.reason(), null);
    }
    return quiet(group);
  }

  private State quiet(NodeGroup group) {
    Sizes sizes = sizes(group);
    if (sizes.leaving() > 0) {
      return new State(
          "down", "Shrinking", null, Sentences.count(sizes.leaving(), "node") + " leaving.", null);
    }
    if (sizes.failed() > 0) {
      String message = Sentences.count(sizes.failed(), "machine") + " failed.";
      return new State("wait", "Failed machine", null, message, null);
    }
    if (sizes.coming() > 0) {
      String message = Sentences.count(sizes.coming(), "node") + " on the way.";
      return new State("come", "Growing", null, message, null);
    }
    return switch (group.settings().mode()) {
      case ACTING -> new State("ok", "Steady", null, "Nothing to buy or remove.", null);
      case DRY_RUN -> new State("hold", "Dry run", null, "Decides, but doesn't act.", null);
      case PAUSED -> new State("hold", "Paused", null, "Windlass leaves it alone.", null);
    };
  }

  private static State backedOff(Backoff backoff) {
    CloudFailure failure = backoff.failure();
    FailureWords words = FailureWords.of(failure.cause());
    return new State(words.key(), words.title(), words.rule(), failure.message(), backoff.until());
  }

  Total cost(NodeGroupName group) {
    Total total = Total.NOTHING;
    for (Node node : nodes.getOrDefault(group, List.of())) {
      total = total.plus(capacity.priceOf(node));
    }
    for (Instance machine : unregistered.getOrDefault(group, List.of())) {
      if (machine.state() != Instance.State.FAILED) {
        total = total.plus(capacity.priceOf(machine));
      }
    }
    return total;
  }

  private static String machine(NodeGroup group) {
    List<String> types =
        group.offerings().stream()
            .map(offering -> offering.variant().instanceType())
            .distinct()
            .toList();
    return switch (types.size()) {
      case 0 -> "";
      case 1, 2 -> String.join(", ", types);
      default -> types.getFirst() + " and " + (types.size() - 1) + " others";
    };
  }

  private static Price price(NodeGroup group) {
    return group.offerings().stream()
        .map(Offering::price)
        .filter(Price::known)
        .min(Comparator.naturalOrder())
        .orElse(Price.UNKNOWN);
  }
}
