package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Price;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
import dev.windlass.core.scaledown.ScaleDownPlan.Move;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes go: empty ones and underutilized ones whose pods fit elsewhere, once they
 * have been unneeded for long enough. One candidate after another is emptied in thought, so that
 * several nodes never count on the same room.
 */
public final class ScaleDownPlanner {
  private final ClusterMap map;
  private final AutoscalerState state;
  private final Policy policy;
  private final Instant now;
  private final DrainContext context;
  private final Budgets budgets;
  private final Removals removals;
  private final Hindrances hindrances;
  private final Relocation relocation;

  private final List<Removal> removed = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final Map<NodeName, Instant> unneeded = new TreeMap<>();
  private final Map<NodeGroupName, Integer> taken = new HashMap<>();
  private final Set<NodeName> going = new HashSet<>();
  private int newlyEmpty;
  private int newlyDraining;

  private ScaleDownPlanner(
      ClusterMap map, ScaleUpPlan scaleUp, AutoscalerState state, Policy policy, Instant now) {
    this.map = map;
    this.state = state;
    this.policy = policy;
    this.now = now;
    context =
        new DrainContext(
            map.snapshot().workloads().budgets(), policy.scaleUp().expendableBelow(), now);
    budgets = new Budgets(map.snapshot().workloads().budgets(), context);
    removals = new Removals(map, state, policy.scaleDown().drainTimeout(), context, budgets);
    hindrances = new Hindrances(policy, scaleUp.nodesCountedOn(), now);
    relocation = new Relocation(map);
  }

  /**
   * The plan.
   *
   * @param map the cluster, with the pending pods where the scale-up plan puts them
   * @param scaleUp that plan; nodes it counts on stay
   * @param state with the times of the groups' last growth, this decision's included
   */
  public static ScaleDownPlan plan(
      ClusterMap map, ScaleUpPlan scaleUp, AutoscalerState state, Policy policy, Instant now) {
    return new ScaleDownPlanner(map, scaleUp, state, policy, now).plan();
  }

  /** A node that might go. */
  private record Candidate(Site site, NodeGroup group, double utilization, Price price) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparing((Candidate candidate) -> candidate.utilization > 0)
            .thenComparing(Candidate::price, Comparator.reverseOrder())
            .thenComparingDouble(Candidate::utilization)
            .thenComparing(candidate -> candidate.site.node().name());
  }

  private ScaleDownPlan plan() {
    List<Candidate> candidates = new ArrayList<>();
    for (Site site : map.sites().values()) {
      NodeGroup group = site.group();
      if (group == null) {
        continue;
      }
      if (site.standing() == NodeStanding.LEAVING) {
        advance(site, group);
        continue;
      }
      double utilization = CountedUtilization.of(site, context);
      Optional<Kept> hindrance = hindrances.of(site, group, utilization);
      if (hindrance.isPresent()) {
        kept.add(hindrance.get());
      } else {
        candidates.add(new Candidate(site, group, utilization, price(site, group)));
      }
    }
    candidates.sort(Candidate.BEST_FIRST);
    for (int index = 0; index < candidates.size(); index++) {
      Candidate candidate = candidates.get(index);
      if (index < policy.scaleDown().limits().maxCandidates()) {
        examine(candidate);
      } else {
        keep(candidate, KeptReason.NOT_EXAMINED, "the next decision looks at it", null);
      }
    }
    removals.clear();
    List<Action> steps = new ArrayList<>(removals.steps());
    steps.addAll(notes());
    kept.sort(Comparator.comparing(Kept::node));
    removed.sort(Comparator.comparing(Removal::node));
    return new ScaleDownPlan(removed, kept, unneeded, steps);
  }

  private void advance(Site site, NodeGroup group) {
    if (group.settings().mode() == NodeGroup.Mode.PAUSED) {
      Hindrances.kept(site.node(), group, KeptReason.GROUP_PAUSED, "the group is paused", null)
          .ifPresent(kept::add);
      return;
    }
    going.add(site.node().name());
    removals
        .advance(site, group)
        .ifPresent(reason ->
            removed.add(
                new Removal(
                    site.node().name(), group.name(), reason, List.of(), price(site, group))));
  }

  private void examine(Candidate candidate) {
    Site site = candidate.site();
    NodeGroup group = candidate.group();
    int size =
        group.size().target() - removals.leaving(group) - taken.getOrDefault(group.name(), 0);
    if (size <= group.size().min()) {
      keep(
          candidate,
          KeptReason.GROUP_AT_MIN_SIZE,
          "the group has no more than its minimum of " + group.size().min(),
          null);
      return;
    }
    if (relocation.isReceiver(site)) {
      keep(candidate, KeptReason.COUNTED_ON, "pods of nodes that go are to move here", null);
      return;
    }
    Drain drain = Drain.of(site.pods(), context);
    Drain.Obstacle obstacle = drain.obstacle();
    if (obstacle != null) {
      kept.add(
          new Kept(
              site.node().name(),
              group.name(),
              obstacle.reason(),
              obstacle.pod(),
              obstacle.message(),
              null));
      return;
    }
    Optional<DisruptionBudget> exhausted = budgets.exhausted(drain.evictions());
    if (exhausted.isPresent()) {
      keep(
          candidate,
          KeptReason.DISRUPTION_BUDGET,
          "disruption budget " + exhausted.get().key() + " has no eviction left for this node now",
          null);
      return;
    }
    switch (relocation.empty(site, drain.evictions())) {
      case Relocation.NoPlace(Pod pod) ->
          kept.add(
              new Kept(
                  site.node().name(),
                  group.name(),
                  KeptReason.NO_PLACE_FOR_POD,
                  pod.key(),
                  "pod " + pod.key() + " fits on no other node",
                  null));
      case Relocation.Moved(List<Move> moves) -> time(candidate, drain, moves);
    }
  }

  /** The node is not needed; has it been so for long enough, and may one more go now? */
  private void time(Candidate candidate, Drain drain, List<Move> moves) {
    NodeName node = candidate.site().node().name();
    Instant since = since(candidate.site().node());
    unneeded.put(node, since);
    boolean ready = candidate.site().standing() == NodeStanding.READY;
    Instant until = since.plus(unneededTime(candidate.group()));
    Instant grown = state.lastScaleUp().get(candidate.group().name());
    Instant calm = grown == null ? now : grown.plus(policy.scaleDown().delayAfterAdd());
    Pod waiting = drain.waiting();
    if (ready && !policy.assumeElapsed() && now.isBefore(until)) {
      keep(candidate, KeptReason.UNNEEDED_TIMER, "it has been unneeded since " + since, until);
    } else if (!policy.assumeElapsed() && now.isBefore(calm)) {
      keep(candidate, KeptReason.RECENT_SCALE_UP, "its group grew at " + grown, calm);
    } else if (waiting != null) {
      keep(
          candidate,
          KeptReason.NOT_SAFE_TO_EVICT,
          "pod " + waiting.key() + " runs to its end first",
          null);
    } else if (!withinLimits(drain)) {
      keep(candidate, KeptReason.REMOVAL_LIMIT, "enough nodes are being removed already", null);
    } else {
      remove(candidate, drain, moves);
    }
  }

  private void remove(Candidate candidate, Drain drain, List<Move> moves) {
    Node node = candidate.site().node();
    boolean empty = drain.evictions().isEmpty();
    RemovalReason reason =
        candidate.site().standing() != NodeStanding.READY
            ? RemovalReason.UNREADY
            : empty ? RemovalReason.EMPTY : RemovalReason.UNDERUTILIZED;
    if (empty) {
      newlyEmpty++;
    } else {
      newlyDraining++;
    }
    drain.evictions().forEach(budgets::take);
    taken.merge(candidate.group().name(), 1, Integer::sum);
    going.add(node.name());
    removed.add(
        new Removal(node.name(), candidate.group().name(), reason, moves, candidate.price()));
    removals
        .steps()
        .add(
            new Action.TaintForRemoval(
                node.name(),
                node.identity(),
                now,
                "the node is " + reason.title().toLowerCase(java.util.Locale.ROOT)));
  }

  private boolean withinLimits(Drain drain) {
    Policy.ScaleDown.Limits limits = policy.scaleDown().limits();
    return drain.evictions().isEmpty()
        ? newlyEmpty < limits.maxEmpty()
        : removals.draining() + newlyDraining < limits.maxDraining();
  }

  /** What this process remembers, else what is written on the node, else now. */
  private Instant since(Node node) {
    Instant remembered = state.unneededSince().get(node.name());
    if (remembered != null) {
      return remembered;
    }
    return UnneededNote.read(node).filter(written -> !written.isAfter(now)).orElse(now);
  }

  private Duration unneededTime(NodeGroup group) {
    NodeGroup.ScaleDownOverride own = group.settings().scaleDown();
    return own != null && own.unneededTime() != null
        ? own.unneededTime()
        : policy.scaleDown().unneededTime();
  }

  private Price price(Site site, NodeGroup group) {
    return map.membership().offering(site.node(), group).map(Offering::price).orElse(Price.UNKNOWN);
  }

  private void keep(
      Candidate candidate, KeptReason reason, String message, @Nullable Instant until) {
    Hindrances.kept(candidate.site().node(), candidate.group(), reason, message, until)
        .ifPresent(kept::add);
  }

  /** Brings what is written on the nodes in line with the timers. */
  private List<Action> notes() {
    List<Action> notes = new ArrayList<>();
    for (Site site : map.sites().values()) {
      Node node = site.node();
      if (site.group() != null && !going.contains(node.name())) {
        UnneededNote.update(node, unneeded.get(node.name())).ifPresent(notes::add);
      }
    }
    return notes;
  }
}
