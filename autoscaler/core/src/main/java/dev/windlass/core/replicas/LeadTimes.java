package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long new replicas take until they serve: the median time from the order of a machine to its
 * ready node, over the nodes that run the workload's pods, and the median time from a pod's start
 * to its readiness.
 */
final class LeadTimes {
  /** What a node takes while none was seen starting. */
  static final Duration USUAL_NODE = Duration.ofMinutes(5);

  /** A node that became ready later than this had a later trouble, not a slow start. */
  private static final Duration SLOWEST_START = Duration.ofHours(2);

  private final ClusterSnapshot.Capacity capacity;
  private @Nullable Map<NodeName, Duration> starts;

  LeadTimes(ClusterSnapshot.Capacity capacity) {
    this.capacity = capacity;
  }

  /** The lead time of a workload with these pods. */
  Duration of(List<Pod> pods) {
    Map<NodeName, Duration> known = starts();
    List<Duration> ofNodes = new ArrayList<>();
    List<Duration> ofPods = new ArrayList<>();
    Set<NodeName> seen = new HashSet<>();
    for (Pod pod : pods) {
      NodeName node = pod.placement().node();
      Duration start = node == null || !seen.add(node) ? null : known.get(node);
      if (start != null) {
        ofNodes.add(start);
      }
      Duration own = between(pod.status().startedAt(), pod.status().readyChangedAt());
      if (own != null && Boolean.TRUE.equals(pod.status().ready())) {
        ofPods.add(own);
      }
    }
    return median(ofNodes, USUAL_NODE).plus(median(ofPods, Duration.ZERO));
  }

  private Map<NodeName, Duration> starts() {
    Map<NodeName, Duration> known = starts;
    if (known == null) {
      known = new HashMap<>();
      Map<String, Instant> ordered = new HashMap<>();
      for (Instance instance : capacity.instances()) {
        ordered.put(instance.id().value(), instance.createdAt());
      }
      for (Node node : capacity.nodes()) {
        Duration start =
            between(ordered.get(node.spec().providerId()), node.status().readyChangedAt());
        if (start != null && node.status().ready()) {
          known.put(node.name(), start);
        }
      }
      starts = known;
    }
    return known;
  }

  private static @Nullable Duration between(@Nullable Instant from, @Nullable Instant to) {
    if (from == null || to == null || to.isBefore(from)) {
      return null;
    }
    Duration time = Duration.between(from, to);
    return time.compareTo(SLOWEST_START) > 0 ? null : time;
  }

  private static Duration median(List<Duration> times, Duration otherwise) {
    Collections.sort(times);
    return times.isEmpty() ? otherwise : times.get(times.size() / 2);
  }
}
