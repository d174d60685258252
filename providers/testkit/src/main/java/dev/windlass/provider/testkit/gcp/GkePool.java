package dev.windlass.provider.testkit.gcp;

import java.util.List;
import java.util.Map;

/**
 * A node pool of GKE.
 *
 * @param name its name
 * @param groups its managed groups, by their ids
 * @param autoscaled whether GKE's own autoscaler changes it
 * @param min the smallest size, where it is autoscaled
 * @param max the largest
 * @param labels of its nodes
 * @param maxPods of each node
 */
public record GkePool(
    String name,
    List<String> groups,
    boolean autoscaled,
    int min,
    int max,
    Map<String, String> labels,
    int maxPods) {
  public GkePool {
    groups = List.copyOf(groups);
    labels = Map.copyOf(labels);
  }
}
