package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a cluster together, object by object, as the daemon would hold it once decoded: equal specs
 * are one object, and every node has its machine.
 */
final class ClusterBuilder {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant SETTLED = NOW.minus(Duration.ofHours(3));
  private static final NodeGroup.Settings SETTINGS = NodeGroup.Settings.USUAL;

  private final List<Pod> pods = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<NodeGroup> groups = new ArrayList<>();

  /** Cores, memory and pods of a machine. */
  static Resources machine(long milliCores, long mebibytes, long pods) {
    return Resources.of(
        Map.of(Resources.CPU, milliCores, Resources.MEMORY, mebibytes << 20, Resources.PODS, pods));
  }

  /** What a pod asks for. */
  static Resources requests(long milliCores, long mebibytes) {
    return Resources.of(Map.of(Resources.CPU, milliCores, Resources.MEMORY, mebibytes << 20));
  }

  /** One thing to buy, on demand. */
  static Offering offering(
      String group, String type, String zone, double usdPerHour, Resources machine) {
    return offering(group, new Variant(type, zone, Purchase.ON_DEMAND), usdPerHour, machine);
  }

  static Offering offering(String group, Variant variant, double usdPerHour, Resources machine) {
    Map<String, String> labels =
        Map.of(
            Keys.NODE_GROUP,
            group,
            Keys.ZONE,
            variant.zone(),
            Keys.INSTANCE_TYPE,
            variant.instanceType());
    return new Offering(
        variant,
        Price.ofUsdPerHour(usdPerHour),
        new NodeTemplate(labels, List.of(), List.of(), machine));
  }

  /** A group with so many nodes of its first offering, named after it and numbered. */
  List<Node> group(String name, int max, int size, List<Offering> offerings) {
    groups.add(
        new NodeGroup(
            new NodeGroupName(name),
            Identity.NONE,
            new NodeGroup.Size(0, max, size),
            offerings,
            SETTINGS,
            Map.of()));
    List<Node> added = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      added.add(node(name, String.format("%s-%05d", name, number), offerings.getFirst()));
    }
    nodes.addAll(added);
    return added;
  }

  private Node node(String group, String name, Offering offering) {
    String providerId = "simulated:///" + name;
    instances.add(
        new Instance(
            new InstanceId(providerId),
            new NodeGroupName(group),
            offering.variant(),
            Instance.State.RUNNING,
            SETTLED,
            null));
    Map<String, String> labels = new HashMap<>(offering.template().labels());
    labels.put(Keys.HOSTNAME, name);
    return new Node(
        new NodeName(name),
        new Identity("uid-" + name, "1"),
        labels,
        Map.of(),
        new Node.Spec(List.of(), false, providerId),
        new Node.Status(offering.template().allocatable(), true, SETTLED, SETTLED, null));
  }

  /** A node after a heartbeat: another version of what is otherwise equal. */
  static Node readAgain(Node node) {
    int version = Integer.parseInt(node.identity().resourceVersion());
    return new Node(
        node.name(),
        new Identity(node.identity().uid(), Integer.toString(version + 1)),
        node.labels(),
        node.annotations(),
        node.spec(),
        node.status());
  }

  /** A pod; pending without a node. Without an application it has no owner and no labels. */
  void pod(String name, @Nullable String application, PodSpec spec, @Nullable Node node) {
    Map<String, String> labels = application == null ? Map.of() : Map.of("app", application);
    labelled(name, labels, application, spec, node);
  }

  void labelled(
      String name,
      Map<String, String> labels,
      @Nullable String owner,
      PodSpec spec,
      @Nullable Node node) {
    OwnerReference controller =
        owner == null ? null : new OwnerReference("apps", "ReplicaSet", owner, "uid-" + owner);
    pods.add(
        new Pod(
            new ObjectKey("default", name),
            new PodMetadata(
                new Identity("uid-" + name, "1"), labels, Map.of(), controller, SETTLED, null),
            spec,
            node == null
                ? new PodStatus(
                    PodStatus.Phase.PENDING, null, null, null, PodStatus.Scheduling.UNSCHEDULABLE)
                : new PodStatus(
                    PodStatus.Phase.RUNNING,
                    true,
                    SETTLED,
                    SETTLED,
                    PodStatus.Scheduling.SCHEDULED),
            new Pod.Placement(node == null ? null : node.name(), null, null),
            Pod.Lifecycle.USUAL));
  }

  ClusterSnapshot build() {
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
        new ClusterSnapshot.Capacity(nodes, groups, instances, List.of()),
        ClusterSnapshot.Scaling.NONE,
        ClusterSnapshot.Gpu.NONE,
        Map.of(Source.KUBERNETES, NOW, Source.CLOUD, NOW));
  }
}
