package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.ResourceSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices that new nodes of a group will bring: those that its template names, else those that
 * a running node of the same machine type has.
 */
final class GroupDevices {
  private final Map<Kind, List<ResourceSlice>> seen = new HashMap<>();

  private record Kind(NodeGroupName group, String instanceType) {}

  private GroupDevices(ClusterSnapshot snapshot, GroupMembership membership) {
    Map<String, List<ResourceSlice>> byNode = new HashMap<>();
    for (ResourceSlice slice : snapshot.workloads().devices().slices()) {
      if (slice.nodes() instanceof DeviceNodes.One(String node)) {
        byNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(slice);
      }
    }
    List<Node> nodes = new ArrayList<>(snapshot.capacity().nodes());
    nodes.sort(Comparator.comparing(Node::name));
    for (Node node : nodes) {
      List<ResourceSlice> slices = byNode.get(node.name().value());
      if (slices != null && node.status().ready()) {
        membership
            .group(node)
            .ifPresent(group ->
                membership
                    .offering(node, group)
                    .map(offering -> new Kind(group.name(), offering.variant().instanceType()))
                    .ifPresent(kind -> seen.putIfAbsent(kind, slices)));
      }
    }
  }

  /** The same groups, with devices in their templates. */
  static ClusterSnapshot complete(ClusterSnapshot snapshot) {
    if (snapshot.workloads().devices().slices().isEmpty()) {
      return snapshot;
    }
    ClusterSnapshot.Capacity capacity = snapshot.capacity();
    GroupDevices devices = new GroupDevices(snapshot, new GroupMembership(capacity));
    List<NodeGroup> groups = capacity.groups().stream().map(devices::complete).toList();
    return new ClusterSnapshot(
        snapshot.workloads(),
        new ClusterSnapshot.Capacity(
            capacity.nodes(), groups, capacity.instances(), capacity.failures()),
        snapshot.scaling(),
        snapshot.gpu(),
        snapshot.observedAt());
  }

  private NodeGroup complete(NodeGroup group) {
    List<Offering> offerings =
        group.offerings().stream().map(offering -> complete(group, offering)).toList();
    return new NodeGroup(
        group.name(),
        group.identity(),
        group.size(),
        offerings,
        group.settings(),
        group.matchLabels());
  }

  private Offering complete(NodeGroup group, Offering offering) {
    List<ResourceSlice> slices =
        seen.getOrDefault(new Kind(group.name(), offering.variant().instanceType()), List.of());
    if (slices.isEmpty() || !offering.template().slices().isEmpty()) {
      return offering;
    }
    return offering.withTemplate(
        offering.template().withSlices(slices.stream().map(ResourceSlice::asTemplate).toList()));
  }
}
