package dev.windlass.core.model;

import java.util.List;

/**
 * What a pod would rather have. Preferences choose among nodes that are as good otherwise, and
 * never decide whether the pod fits. Pods with equal preferences share one instance where the
 * reader can arrange it.
 *
 * @param nodes preferred node affinity
 * @param pods preferred pod affinity, and preferred anti-affinity with negative weights
 * @param spread topology spread constraints that may be broken ({@code ScheduleAnyway})
 */
public record Preferences(
    List<WeightedNodes> nodes, List<WeightedPods> pods, List<TopologySpread> spread) {
  public static final Preferences NONE = new Preferences(List.of(), List.of(), List.of());

  public Preferences {
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
    spread = List.copyOf(spread);
  }

  /** Nodes that are preferred; the weight is from 1 to 100. */
  public record WeightedNodes(int weight, NodeSelectorTerm term) {}

  /** Pods to be near to, or with a weight below zero far from; from -100 to 100. */
  public record WeightedPods(int weight, PodAffinityTerm term) {}

  /** Whether the pod takes every node alike. */
  public boolean isEmpty() {
    return nodes.isEmpty() && pods.isEmpty() && spread.isEmpty();
  }
}
