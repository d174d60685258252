package dev.windlass.core.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the class of every node. */
final class NodeClasses {
  private record Key(int kind, boolean toCome, boolean named, List<Integer> domains) {}

  private final StaticVerdicts verdicts;
  private final List<Topology> topologies;
  private final @Nullable Topology hosts;
  private final Map<Key, NodeClass> known = new HashMap<>();
  private final List<NodeClass> all = new ArrayList<>();

  NodeClasses(StaticVerdicts verdicts, List<Topology> topologies, @Nullable Topology hosts) {
    this.verdicts = verdicts;
    this.topologies = List.copyOf(topologies);
    this.hosts = hosts;
  }

  /** Every class, in the order in which they were first seen. */
  List<NodeClass> all() {
    return all;
  }

  /**
   * The class of a node.
   *
   * @param toCome whether it is one that kube-scheduler does not see yet
   */
  NodeClass of(NodeFacts node, boolean toCome) {
    List<Integer> domains = new ArrayList<>(topologies.size());
    for (Topology topology : topologies) {
      domains.add(topology.number(node));
    }
    boolean named = hosts != null && node.labels().containsKey(hosts.key());
    Key key = new Key(verdicts.nodeKind(node), toCome, named, domains);
    NodeClass nodes = known.get(key);
    if (nodes == null) {
      nodes = new NodeClass(all.size(), key.kind(), toCome, domains, node);
      known.put(key, nodes);
      all.add(nodes);
    }
    return nodes;
  }

  /** The number of the node's host name, or {@link Topology#NONE} where no rule asks for it. */
  int host(NodeFacts node) {
    return hosts == null ? Topology.NONE : hosts.number(node);
  }

  /** The same for a node to come. */
  int host(String name) {
    return hosts == null ? Topology.NONE : hosts.number(name);
  }
}
