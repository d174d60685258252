package dev.windlass.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a pod's spec that limits where it may run, but for its size.
 *
 * @param nodeSelector labels that the node must have
 * @param nodeAffinity alternatives of the required node affinity; null when there is none, and an
 *     empty list matches no node
 * @param tolerations the taints that the pod accepts
 * @param podAffinity required pod affinity
 * @param podAntiAffinity required pod anti-affinity
 * @param topologySpread hard topology spread constraints
 */
public record PodPlacementRules(
    Map<String, String> nodeSelector,
    @Nullable List<NodeSelectorTerm> nodeAffinity,
    List<Toleration> tolerations,
    List<PodAffinityTerm> podAffinity,
    List<PodAffinityTerm> podAntiAffinity,
    List<TopologySpread> topologySpread) {
  /** A pod that may run anywhere where no taint keeps it away. */
  public static final PodPlacementRules ANYWHERE =
      new PodPlacementRules(Map.of(), null, List.of(), List.of(), List.of(), List.of());

  public PodPlacementRules {
    nodeSelector = Map.copyOf(nodeSelector);
    nodeAffinity = nodeAffinity == null ? null : List.copyOf(nodeAffinity);
    tolerations = List.copyOf(tolerations);
    podAffinity = List.copyOf(podAffinity);
    podAntiAffinity = List.copyOf(podAntiAffinity);
    topologySpread = List.copyOf(topologySpread);
  }

  /** Whether a rule speaks of other pods, so that where one pod goes changes where the next may. */
  public boolean speaksOfPods() {
    return !podAffinity.isEmpty() || !podAntiAffinity.isEmpty() || !topologySpread.isEmpty();
  }
}
