package dev.windlass.simulations.world;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is free on each node; placements are tried on a copy. */
final class FreeCapacity {
  private final Map<String, Node> nodes;
  private final Map<String, Resources> free;

  private FreeCapacity(Map<String, Node> nodes, Map<String, Resources> free) {
    this.nodes = nodes;
    this.free = free;
  }

  /**
   * Counts what pods take.
   *
   * @param placed the node of each pod that is bound, by uid, where the cache does not say so yet
   */
  static FreeCapacity of(List<Node> nodes, List<Pod> pods, Map<String, String> placed) {
    FreeCapacity capacity = new FreeCapacity(new LinkedHashMap<>(), new LinkedHashMap<>());
    nodes.stream()
        .sorted(Comparator.comparing(node -> node.getMetadata().getName()))
        .forEach(capacity::add);
    for (Pod pod : pods) {
      String node =
          Pods.node(pod).isEmpty()
              ? placed.getOrDefault(pod.getMetadata().getUid(), "")
              : Pods.node(pod);
      if (!Pods.isTerminal(pod) && capacity.free.containsKey(node)) {
        capacity.take(node, Pods.requests(pod));
      }
    }
    return capacity;
  }

  private void add(Node node) {
    if (node.getStatus() == null || node.getStatus().getAllocatable() == null) {
      return;
    }
    String name = node.getMetadata().getName();
    nodes.put(name, node);
    free.put(name, Pods.amounts(node.getStatus().getAllocatable()));
  }

  FreeCapacity copy() {
    return new FreeCapacity(nodes, new LinkedHashMap<>(free));
  }

  /** Places the pod on the emptiest node that it fits, as kube-scheduler's default score does. */
  Optional<String> place(Pod pod) {
    Resources requests = Pods.requests(pod);
    Optional<String> best =
        nodes.values().stream()
            .filter(node -> PodFit.allowed(pod.getSpec(), node))
            .map(node -> node.getMetadata().getName())
            .filter(name -> PodFit.fits(requests, left(name)))
            .max(Comparator.comparingDouble(this::emptiness));
    best.ifPresent(name -> take(name, requests));
    return best;
  }

  private double emptiness(String name) {
    Resources allocatable = Pods.amounts(nodeOf(name).getStatus().getAllocatable());
    return share(name, allocatable, Resources.CPU) + share(name, allocatable, Resources.MEMORY);
  }

  private double share(String name, Resources allocatable, String resource) {
    long all = allocatable.get(resource);
    return all == 0 ? 0 : (double) left(name).get(resource) / all;
  }

  private void take(String name, Resources requests) {
    free.put(name, left(name).minus(requests));
  }

  private Node nodeOf(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  private Resources left(String name) {
    return free.getOrDefault(name, Resources.NONE);
  }
}
