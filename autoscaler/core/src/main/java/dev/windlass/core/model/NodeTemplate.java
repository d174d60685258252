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
 */
public record NodeTemplate(
    Map<String, String> labels,
    List<Taint> taints,
    List<Taint> startupTaints,
    Resources allocatable) {
  public NodeTemplate {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    startupTaints = List.copyOf(startupTaints);
  }
}
