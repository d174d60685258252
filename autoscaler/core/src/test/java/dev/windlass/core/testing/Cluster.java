package dev.windlass.core.testing;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A cluster for tests, observed at noon, and decisions about it. */
public final class Cluster {
  private final List<Pod> pods = new ArrayList<>();
  private final List<PodGroup> podGroups = new ArrayList<>();
  private final List<DaemonSet> daemons = new ArrayList<>();
  private final List<DisruptionBudget> budgets = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final List<GroupFailure> failures = new ArrayList<>();
  private final Map<Source, Instant> observed = new EnumMap<>(Source.class);
  private Storage storage = Storage.NONE;
  private Devices devices = Devices.NONE;
  private Policy policy = Policy.DEFAULT;
  private AutoscalerState state = AutoscalerState.EMPTY;
  private Instant now = Pods.NOON;

  private Cluster() {
    observed.put(Source.KUBERNETES, Pods.NOON);
    observed.put(Source.CLOUD, Pods.NOON);
  }

  public static Cluster cluster() {
    return new Cluster();
  }

  public Cluster with(Pods... some) {
    for (Pods pod : some) {
      pods.add(pod.build());
    }
    return this;
  }

  public Cluster with(Groups... some) {
    for (Groups group : some) {
      groups.add(group.build());
    }
    return this;
  }

  public Cluster with(Nodes... some) {
    for (Nodes node : some) {
      nodes.add(node.build());
    }
    return this;
  }

  /** A node of a group with the machine behind it. */
  public Cluster node(String group, String type, Nodes node) {
    nodes.add(node.group(group).build());
    Node built = nodes.getLast();
    return instance(group, type, built.spec().providerId(), Instance.State.RUNNING);
  }

  public Cluster instance(String group, String type, String id, Instance.State machineState) {
    instances.add(
        new Instance(
            new InstanceId(id),
            new NodeGroupName(group),
            Groups.variant(type),
            machineState,
            now.minus(Duration.ofMinutes(1)),
            null));
    return this;
  }

  /** The machine of a node that is there goes at this time. */
  public Cluster ending(String nodeName, Instant at) {
    instances.replaceAll(each ->
        each.id().value().endsWith(nodeName)
            ? new Instance(
                each.id(),
                each.group(),
                each.variant(),
                each.state(),
                each.createdAt(),
                each.error(),
                at)
            : each);
    return this;
  }

  public Cluster storage(Volumes volumes) {
    storage = volumes.build();
    return this;
  }

  public Cluster gang(String name, int minMember) {
    podGroups.add(new PodGroup(Pods.key(name), minMember));
    return this;
  }

  public Cluster daemon(String name, Pods pod) {
    daemons.add(
        new DaemonSet(
            new ObjectKey("kube-system", name), pod.build().metadata().labels(), pod.spec()));
    return this;
  }

  public Cluster budget(String name, Map<String, String> labels, int allowed) {
    budgets.add(
        new DisruptionBudget(Pods.key(name), new LabelSelector(labels, List.of()), allowed));
    return this;
  }

  public Cluster failure(String group, CloudFailure.Cause cause, Instant at) {
    failures.add(
        new GroupFailure(new NodeGroupName(group), new CloudFailure(cause, "no capacity"), at));
    return this;
  }

  public Cluster failure(String group, CloudFailure failure, Instant at) {
    failures.add(new GroupFailure(new NodeGroupName(group), failure, at));
    return this;
  }

  public Cluster observed(Source source, Instant at) {
    observed.put(source, at);
    return this;
  }

  public Cluster devices(Devices value) {
    devices = value;
    return this;
  }

  public Cluster policy(Policy value) {
    policy = value;
    return this;
  }

  public Cluster state(AutoscalerState value) {
    state = value;
    return this;
  }

  public Cluster at(Instant value) {
    now = value;
    observed.replaceAll((_, _) -> value);
    return this;
  }

  public ClusterSnapshot snapshot() {
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(
            pods, podGroups, daemons, budgets, Map.of(), storage, devices),
        new ClusterSnapshot.Capacity(nodes, groups, instances, failures),
        ClusterSnapshot.Scaling.NONE,
        ClusterSnapshot.Gpu.NONE,
        observed);
  }

  public Decision decide() {
    return Decider.decide(snapshot(), state, policy, now);
  }
}
