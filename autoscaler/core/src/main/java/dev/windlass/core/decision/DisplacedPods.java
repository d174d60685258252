package dev.windlass.core.decision;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scheduling.GroupMembership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pods that will come in place of those whose machines their clouds take away, so that new
 * machines are ordered in the tick in which the notice is read.
 */
final class DisplacedPods {
  private DisplacedPods() {}

  /** One pod for each that a controller will make anew, in the snapshot's order. */
  static List<Pod> of(ClusterSnapshot snapshot, Instant now) {
    Set<NodeName> ending = ending(snapshot.capacity(), now);
    List<Pod> displaced = new ArrayList<>();
    if (ending.isEmpty()) {
      return displaced;
    }
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.placement().node();
      if (node != null && ending.contains(node) && comesAgain(pod)) {
        displaced.add(pod.anew(now));
      }
    }
    return displaced;
  }

  private static Set<NodeName> ending(ClusterSnapshot.Capacity capacity, Instant now) {
    Set<NodeName> ending = new HashSet<>();
    if (capacity.instances().stream().noneMatch(each -> each.endsSoon(now))) {
      return ending;
    }
    GroupMembership membership = new GroupMembership(capacity);
    capacity
        .nodes()
        .forEach(node -> {
          Instance instance = membership.instance(node);
          if (instance != null && instance.endsSoon(now)) {
            ending.add(node.name());
          }
        });
    return ending;
  }

  private static boolean comesAgain(Pod pod) {
    return pod.occupiesNode()
        && pod.metadata().deletedAt() == null
        && pod.metadata().controller() != null
        && !pod.isDaemon()
        && !pod.isMirror();
  }
}
