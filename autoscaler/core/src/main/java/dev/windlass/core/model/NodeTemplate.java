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
 * @param slices the devices that it will bring; {@link ResourceSlice#TEMPLATE_NODE} stands for it
 * @param volumeLimits how many volumes of each CSI driver it will take; a driver that is absent has
 *     no limit
 */
public record NodeTemplate(
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints,
    Resources allocatable,
    List<ResourceSlice> slices,
    Map<String, Integer> volumeLimits) {
  public NodeTemplate {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    startupTaints = List.copyOf(startupTaints);
    slices = List.copyOf(slices);
    volumeLimits = Map.copyOf(volumeLimits);
  }

  /** A node without devices that claims could ask for, which takes any number of volumes. */
  public NodeTemplate(
      Map<String, String> labels,
      List<Taint> taints,
      List<Taint> startupTaints,
      Resources allocatable) {
    this(labels, taints, startupTaints, allocatable, List.of(), Map.of());
  }

  /** The same node with devices. */
  public NodeTemplate withSlices(List<ResourceSlice> other) {
    return new NodeTemplate(labels, taints, startupTaints, allocatable, other, volumeLimits);
  }
}
