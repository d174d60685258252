package dev.windlass.core.decision;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What clouds tell inside a machine alone, and its programs pass on in a Node's conditions or in
 * its GpuNode, counts as if the cloud had told us.
 */
final class EarlyNotices {
  private EarlyNotices() {}

  /** The snapshot with machines that end when they were told. */
  static ClusterSnapshot heeded(ClusterSnapshot snapshot) {
    Map<String, Instant> ends = ends(snapshot);
    if (ends.isEmpty()) {
      return snapshot;
    }
    Capacity seen = snapshot.capacity();
    List<Instance> machines =
        seen.instances().stream()
            .map(each -> {
              Instant end = ends.get(each.id().value());
              return end == null ? each : each.endingAt(end);
            })
            .toList();
    return new ClusterSnapshot(
        snapshot.workloads(),
        new Capacity(seen.nodes(), seen.groups(), machines, seen.failures()),
        snapshot.scaling(),
        snapshot.gpu(),
        snapshot.observedAt());
  }

  /** By provider id. */
  private static Map<String, Instant> ends(ClusterSnapshot snapshot) {
    Map<NodeName, Instant> told = new HashMap<>();
    for (GpuNode each : snapshot.gpu().nodes()) {
      if (each.endsAt() != null) {
        told.put(each.node(), each.endsAt());
      }
    }
    Map<String, Instant> ends = new HashMap<>();
    for (Node node : snapshot.capacity().nodes()) {
      Instant shown = node.status().endsAt();
      Instant byAgent = told.get(node.name());
      Instant first =
          shown == null || (byAgent != null && byAgent.isBefore(shown)) ? byAgent : shown;
      if (first != null && !node.spec().providerId().isEmpty()) {
        ends.put(node.spec().providerId(), first);
      }
    }
    return ends;
  }
}
