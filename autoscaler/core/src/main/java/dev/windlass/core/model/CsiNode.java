package dev.windlass.core.model;

import java.util.Map;
import java.util.Set;

/**
 * What a node's CSI drivers say of it.
 *
 * @param node the node
 * @param limits how many volumes of each driver it takes; a driver that is absent has no limit
 * @param topologyKeys the node labels by which its drivers tell where a volume can be used
 * @param migrated plugins whose volumes a driver has taken over
 */
public record CsiNode(
    NodeName node, Map<String, Integer> limits, Set<String> topologyKeys, Set<String> migrated) {
  public CsiNode {
    limits = Map.copyOf(limits);
    topologyKeys = Set.copyOf(topologyKeys);
    migrated = Set.copyOf(migrated);
  }
}
