package dev.windlass.core.decision;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
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
   * @return the groups that are left alone now, and those that lately were
   */
  static Map<NodeGroupName, Backoff> backoffs(
      ClusterSnapshot snapshot,
      AutoscalerState state,
      List<GroupFailure> bootstraps,
      Policy.ScaleUp policy,
      Instant now) {
    Map<NodeGroupName, Backoff> next = new HashMap<>();
    state
        .backoffs()
        .forEach((group, backoff) -> {
          if (now.isBefore(backoff.until().plus(FORGIVEN_AFTER))) {
            next.put(group, backoff);
          }
        });
    List<GroupFailure> failures = new ArrayList<>(snapshot.capacity().failures());
    failures.addAll(bootstraps);
    for (GroupFailure failure : failures) {
      Backoff known = next.get(failure.group());
      if (known != null && !failure.at().isAfter(known.until())) {
        continue;
      }
      int count = known == null ? 1 : known.failures() + 1;
      Instant until = failure.at().plus(pause(policy, count));
      next.put(failure.group(), new Backoff(until, count, failure.failure()));
    }
    return next;
  }

  /** The same with groups that their GPU machines' failures close; the longer wait counts. */
  static Map<NodeGroupName, Backoff> withExhausted(
      Map<NodeGroupName, Backoff> backoffs, Map<NodeGroupName, Backoff> exhausted) {
    Map<NodeGroupName, Backoff> both = new HashMap<>(backoffs);
    exhausted.forEach((group, backoff) ->
        both.merge(
            group, backoff, (left, right) -> left.until().isAfter(right.until()) ? left : right));
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
