package dev.windlass.core.model;

import java.util.List;
import java.util.Map;

/**
 * What a new node will look like once it is ready.
 *
 * @param labels the labels it will have
 * @param taints the taints that stay
 * @param startupTaints the taints that go away while the node starts; pods need not tolerate them
 * @param allocatable what pods may ask for in all, net of the system's reservations
 * @param volumeLimits how many volumes of each CSI driver it will take; a driver that is absent has
 *     no limit
 */
public record NodeTemplate(
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints,
    Resources allocatable,
    Map<String, Integer> volumeLimits) {
  public NodeTemplate {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    startupTaints = List.copyOf(startupTaints);
    volumeLimits = Map.copyOf(volumeLimits);
  }

  /** A node that takes any number of volumes. */
  public NodeTemplate(
      Map<String, String> labels,
      List<Taint> taints,
      List<Taint> startupTaints,
      Resources allocatable) {
    this(labels, taints, startupTaints, allocatable, Map.of());
  }
}
