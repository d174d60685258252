package dev.windlass.core.decision;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scheduling.ClusterMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the next decision must know of groups: when they grew, and how long they are left alone. */
final class NextState {
  /** A group without a failure for so long starts with the shortest wait again. */
  private static final Duration FORGIVEN_AFTER = Duration.ofHours(3);

  private NextState() {}

  /**
   * Failures that were seen before change nothing: a failure within a wait is part of it.
   *
   * @param bootstraps machines that did not become GPU nodes
   * @return what of each group is left alone now, or lately was
   */
  static Map<NodeGroupName, List<Backoff>> backoffs(
      ClusterSnapshot snapshot,
      AutoscalerState state,
      List<GroupFailure> bootstraps,
      Policy.ScaleUp policy,
      Instant now) {
    Map<NodeGroupName, List<Backoff>> next = new HashMap<>();
    state
        .backoffs()
        .forEach((group, backoffs) -> {
          List<Backoff> kept = new ArrayList<>(backoffs);
          kept.removeIf(each -> !now.isBefore(each.until().plus(FORGIVEN_AFTER)));
          if (!kept.isEmpty()) {
            next.put(group, kept);
          }
        });
    List<GroupFailure> failures = new ArrayList<>(snapshot.capacity().failures());
    failures.addAll(bootstraps);
    failures.forEach(failure ->
        add(next.computeIfAbsent(failure.group(), _ -> new ArrayList<>()), failure, policy));
    return next;
  }

  private static void add(List<Backoff> backoffs, GroupFailure failure, Policy.ScaleUp policy) {
    Optional<Backoff> known =
        backoffs.stream().filter(each -> closesTheSame(each, failure.failure())).findFirst();
    if (known.isPresent() && !failure.at().isAfter(known.get().until())) {
      return;
    }
    int count = known.map(Backoff::failures).orElse(0) + 1;
    Duration hold = failure.failure().hold();
    Instant until = failure.at().plus(hold == null ? pause(policy, count) : hold);
    known.ifPresent(backoffs::remove);
    backoffs.add(new Backoff(until, count, failure.failure()));
  }

  private static boolean closesTheSame(Backoff backoff, CloudFailure failure) {
    return backoff.failure().scope().equals(failure.scope());
  }

  /** The same with groups that their GPU machines' failures close. */
  static Map<NodeGroupName, List<Backoff>> withExhausted(
      Map<NodeGroupName, List<Backoff>> backoffs, Map<NodeGroupName, Backoff> exhausted) {
    Map<NodeGroupName, List<Backoff>> both = new HashMap<>(backoffs);
    exhausted.forEach((group, backoff) -> {
      List<Backoff> theirs = new ArrayList<>(both.getOrDefault(group, List.of()));
      Optional<Backoff> known =
          theirs.stream().filter(each -> closesTheSame(each, backoff.failure())).findFirst();
      if (known.isEmpty() || known.get().until().isBefore(backoff.until())) {
        known.ifPresent(theirs::remove);
        theirs.add(backoff);
      }
      both.put(group, theirs);
    });
    return both;
  }

  private static Duration pause(Policy.ScaleUp policy, int failures) {
    Duration pause = policy.backoffInitial();
    for (int doubled = 1;
        doubled < failures && pause.compareTo(policy.backoffMax()) < 0;
        doubled++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(policy.backoffMax()) > 0 ? policy.backoffMax() : pause;
  }

  /** When each group last grew. An order of which this process knows nothing counts from now. */
  static Map<NodeGroupName, Instant> lastScaleUp(
      ClusterMap map, AutoscalerState state, ScaleUpPlan plan, Instant now) {
    Set<NodeGroupName> existing = new HashSet<>();
    for (NodeGroup group : map.snapshot().capacity().groups()) {
      existing.add(group.name());
    }
    Map<NodeGroupName, Instant> next = new HashMap<>(state.lastScaleUp());
    next.keySet().retainAll(existing);
    map.upcoming().keySet().forEach(group -> next.putIfAbsent(group, now));
    for (GroupIncrease increase : plan.increases()) {
      next.put(increase.nodeGroup(), now);
    }
    return next;
  }
}
