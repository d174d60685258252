package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pods and nodes that a later snapshot has read anew without anything having changed that decides
 * where they are laid out: a heartbeat, a readiness, an annotation of a node.
 */
final class LaterReadings {
  private final Map<ObjectKey, Pod> pods = new HashMap<>();
  private final Map<NodeName, Node> nodes = new HashMap<>();
  private final Set<NodeName> touched = new HashSet<>();

  private LaterReadings() {}

  /** What was read anew, or empty when the later snapshot has to be laid out again. */
  static Optional<LaterReadings> between(ClusterSnapshot before, ClusterSnapshot later) {
    LaterReadings readings = new LaterReadings();
    boolean alike =
        later.capacity().groups().equals(before.capacity().groups())
            && later.capacity().instances().equals(before.capacity().instances())
            && later.workloads().daemonSets().equals(before.workloads().daemonSets())
            && later.workloads().namespaceLabels().equals(before.workloads().namespaceLabels())
            && later.workloads().storage().equals(before.workloads().storage())
            && later.workloads().devices().equals(before.workloads().devices())
            && readings.readNodes(before.capacity().nodes(), later.capacity().nodes())
            && readings.readPods(before.workloads().pods(), later.workloads().pods());
    return alike ? Optional.of(readings) : Optional.empty();
  }

  /** The nodes on which something was read anew, or which were themselves. */
  Set<NodeName> touched() {
    return touched;
  }

  /** The node as it was read last. */
  Node latest(Node node) {
    return nodes.getOrDefault(node.name(), node);
  }

  /** The pods as they were read last, in the same order. */
  List<Pod> latest(List<Pod> some) {
    List<Pod> latest = new ArrayList<>(some.size());
    some.forEach(pod -> latest.add(pods.getOrDefault(pod.key(), pod)));
    return latest;
  }

  private boolean readNodes(List<Node> before, List<Node> later) {
    if (before.size() != later.size()) {
      return false;
    }
    for (int index = 0; index < before.size(); index++) {
      Node left = before.get(index);
      Node right = later.get(index);
      if (!left.equals(right)) {
        if (!areAlike(left, right)) {
          return false;
        }
        nodes.put(right.name(), right);
        touched.add(right.name());
      }
    }
    return true;
  }

  private boolean readPods(List<Pod> before, List<Pod> later) {
    if (before.size() != later.size()) {
      return false;
    }
    for (int index = 0; index < before.size(); index++) {
      Pod left = before.get(index);
      Pod right = later.get(index);
      if (!left.equals(right)) {
        if (!areAlike(left, right)) {
          return false;
        }
        pods.put(right.key(), right);
        touch(right.placement().node());
        touch(right.placement().nominatedNode());
      }
    }
    return true;
  }

  private void touch(@Nullable NodeName node) {
    if (node != null) {
      touched.add(node);
    }
  }

  /** What a node is good for is judged anew in any case. */
  private static boolean areAlike(Node left, Node right) {
    return left.name().equals(right.name())
        && left.labels().equals(right.labels())
        && left.spec().equals(right.spec())
        && left.status().allocatable().equals(right.status().allocatable());
  }

  private static boolean areAlike(Pod left, Pod right) {
    return left.key().equals(right.key())
        && left.spec().equals(right.spec())
        && left.placement().equals(right.placement())
        && left.metadata().labels().equals(right.metadata().labels())
        && left.metadata().annotations().equals(right.metadata().annotations())
        && (left.metadata().deletedAt() == null) == (right.metadata().deletedAt() == null)
        && left.status().isTerminal() == right.status().isTerminal()
        && left.isPending() == right.isPending();
  }
}
