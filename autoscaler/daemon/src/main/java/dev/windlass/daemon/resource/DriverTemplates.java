package dev.windlass.daemon.resource;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.scheduling.GroupMembership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Completes the templates of node groups by what CSI drivers will say of a new node: the labels by
 * which they know where a volume can be used, and how many volumes the node takes. Both are learnt
 * from nodes that are there; limits also from amounts of the template that are named as kubelets
 * once named them.
 */
public final class DriverTemplates {
  private static final String LIMIT_PREFIX = "attachable-volumes-csi-";

  /** The zone labels of the large clouds' drivers, known before a node is there. */
  private static final Map<String, String> ZONE_KEYS =
      Map.of(
          "ebs.csi.aws.com", "topology.ebs.csi.aws.com/zone",
          "pd.csi.storage.gke.io", "topology.gke.io/zone",
          "disk.csi.azure.com", "topology.disk.csi.azure.com/zone");

  private final Set<String> zoneKeys = new HashSet<>();
  private final Set<String> hostKeys = new HashSet<>();
  private final Map<NodeGroupName, Map<String, Integer>> limits = new TreeMap<>();

  private DriverTemplates() {}

  /** The capacity with completed templates; the same where the cluster has no claims. */
  public static Capacity complete(Capacity capacity, Storage storage) {
    if (storage.claims().isEmpty()) {
      return capacity;
    }
    DriverTemplates drivers = new DriverTemplates();
    for (StorageClass each : storage.classes()) {
      String key = ZONE_KEYS.get(each.provisioner());
      if (key != null) {
        drivers.zoneKeys.add(key);
      }
    }
    drivers.learn(capacity, storage.drivers().nodes());
    return new Capacity(
        capacity.nodes(),
        capacity.groups().stream().map(drivers::complete).toList(),
        capacity.instances(),
        capacity.failures());
  }

  private void learn(Capacity capacity, List<CsiNode> known) {
    Map<NodeName, CsiNode> byName = new HashMap<>();
    known.forEach(each -> byName.put(each.node(), each));
    GroupMembership membership = new GroupMembership(capacity);
    for (Node node : capacity.nodes()) {
      CsiNode drivers = byName.get(node.name());
      if (drivers != null) {
        learnLabels(node, drivers);
        membership
            .group(node)
            .ifPresent(
                group -> limits.merge(group.name(), drivers.limits(), DriverTemplates::smaller));
      }
    }
  }

  /** Where nodes of a group differ, the one that takes less speaks for new ones. */
  private static Map<String, Integer> smaller(
      Map<String, Integer> known, Map<String, Integer> other) {
    Map<String, Integer> smaller = new HashMap<>(known);
    other.forEach((driver, limit) -> smaller.merge(driver, limit, Math::min));
    return smaller;
  }

  private void learnLabels(Node node, CsiNode drivers) {
    for (String key : drivers.topologyKeys()) {
      String value = node.labels().get(key);
      if (value != null && value.equals(node.labels().get(Keys.ZONE))) {
        zoneKeys.add(key);
      } else if (node.name().value().equals(value)) {
        hostKeys.add(key);
      }
    }
  }

  private NodeGroup complete(NodeGroup group) {
    Map<String, Integer> seen = limits.getOrDefault(group.name(), Map.of());
    return new NodeGroup(
        group.name(),
        group.identity(),
        group.size(),
        group.offerings().stream().map(each -> complete(each, seen)).toList(),
        group.settings(),
        group.matchLabels());
  }

  private Offering complete(Offering offering, Map<String, Integer> seen) {
    NodeTemplate template = offering.template();
    Map<String, String> labels = new HashMap<>(template.labels());
    labels.keySet().removeAll(hostKeys);
    String zone = labels.get(Keys.ZONE);
    if (zone != null) {
      zoneKeys.forEach(key -> labels.put(key, zone));
    }
    Map<String, Integer> own = new HashMap<>(seen);
    template
        .allocatable()
        .amounts()
        .forEach((name, amount) -> {
          if (name.startsWith(LIMIT_PREFIX)) {
            own.put(
                name.substring(LIMIT_PREFIX.length()), Math.clamp(amount, 0, Integer.MAX_VALUE));
          }
        });
    return offering.withTemplate(
        new NodeTemplate(
            labels,
            template.taints(),
            template.startupTaints(),
            template.allocatable(),
            template.slices(),
            own));
  }
}
