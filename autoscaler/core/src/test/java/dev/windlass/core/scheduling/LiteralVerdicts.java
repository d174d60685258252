package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the literal reading says of a pod on every node, so that others can judge the reading. */
public final class LiteralVerdicts {
  private LiteralVerdicts() {}

  /** Whether the pod fits, by node; pods that were promised a node run there. */
  public static Map<NodeName, Boolean> of(ClusterSnapshot snapshot, Pod pending) {
    Map<NodeName, LiteralScheduler.Host> hosts = new HashMap<>();
    for (Node node : snapshot.capacity().nodes()) {
      hosts.put(
          node.name(),
          new LiteralScheduler.Host(
              NodeFacts.of(node), node.status().allocatable(), new ArrayList<>(), false));
    }
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.occupiesNode() ? pod.placement().node() : pod.placement().nominatedNode();
      LiteralScheduler.Host host = node == null ? null : hosts.get(node);
      if (host != null) {
        host.pods().add(pod);
      }
    }
    LiteralScheduler scheduler =
        new LiteralScheduler(List.copyOf(hosts.values()), snapshot.workloads().namespaceLabels());
    LiteralVolumes volumes = new LiteralVolumes(snapshot.workloads().storage());
    List<LiteralScheduler.Host> all = List.copyOf(hosts.values());
    Map<NodeName, Boolean> verdicts = new HashMap<>();
    hosts.forEach((node, host) ->
        verdicts.put(node, scheduler.fits(pending, host) && volumes.fits(pending, host, all)));
    return verdicts;
  }
}
