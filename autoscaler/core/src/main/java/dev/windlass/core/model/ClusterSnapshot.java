package dev.windlass.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a decision may look at, read once.
 *
 * @param workloads pods and what protects or binds them together
 * @param capacity nodes, what can be bought and what is on its way
 * @param scaling scalers, their targets, what their metrics say
 * @param gpu GPU stacks and what the nodes' agents say
 * @param observedAt how old each source's part is
 */
public record ClusterSnapshot(
    Workloads workloads,
    Capacity capacity,
    Scaling scaling,
    Gpu gpu,
    Map<Source, Instant> observedAt) {
  public ClusterSnapshot {
    observedAt = Map.copyOf(observedAt);
  }

  /**
   * Pods and what concerns them.
   *
   * @param pods every pod that has not ended
   * @param podGroups gangs
   * @param daemonSets what every new node carries
   * @param budgets disruption budgets
   * @param namespaceLabels labels of each namespace
   * @param storage volumes
   * @param devices devices and their claims
   */
  public record Workloads(
      List<Pod> pods,
      List<PodGroup> podGroups,
      List<DaemonSet> daemonSets,
      List<DisruptionBudget> budgets,
      Map<String, Map<String, String>> namespaceLabels,
      Storage storage,
      Devices devices) {
    public static final Workloads NONE =
        new Workloads(List.of(), List.of(), List.of(), List.of(), Map.of());

    /** Workloads without volumes and devices. */
    public Workloads(
        List<Pod> pods,
        List<PodGroup> podGroups,
        List<DaemonSet> daemonSets,
        List<DisruptionBudget> budgets,
        Map<String, Map<String, String>> namespaceLabels) {
      this(pods, podGroups, daemonSets, budgets, namespaceLabels, Storage.NONE, Devices.NONE);
    }

    public Workloads {
      pods = List.copyOf(pods);
      podGroups = List.copyOf(podGroups);
      daemonSets = List.copyOf(daemonSets);
      budgets = List.copyOf(budgets);
      namespaceLabels = Map.copyOf(namespaceLabels);
    }

    /** The same with other pods. */
    public Workloads withPods(List<Pod> others) {
      return new Workloads(
          others, podGroups, daemonSets, budgets, namespaceLabels, storage, devices);
    }
  }

  /**
   * Nodes and what can become one.
   *
   * @param nodes every Node object
   * @param groups every valid node group
   * @param instances machines of these groups, as their clouds list them
   * @param failures purchases that failed since the last tick
   */
  public record Capacity(
      List<Node> nodes,
      List<NodeGroup> groups,
      List<Instance> instances,
      List<GroupFailure> failures) {
    public static final Capacity NONE = new Capacity(List.of(), List.of(), List.of(), List.of());

    public Capacity {
      nodes = List.copyOf(nodes);
      groups = List.copyOf(groups);
      instances = List.copyOf(instances);
      failures = List.copyOf(failures);
    }
  }

  /**
   * Replica scaling.
   *
   * @param scalers every valid scaler
   * @param targets what they scale, as far as it exists
   * @param readings what each metric says; a metric that is absent was not asked for
   * @param others what the cluster's own HorizontalPodAutoscalers decided
   */
  public record Scaling(
      List<ReplicaScaler> scalers,
      Map<TargetRef, ScaleTarget> targets,
      Map<MetricKey, MetricReading> readings,
      List<HorizontalPodAutoscaler> others) {
    public static final Scaling NONE = new Scaling(List.of(), Map.of(), Map.of());

    public Scaling {
      scalers = List.copyOf(scalers);
      targets = Map.copyOf(targets);
      readings = Map.copyOf(readings);
      others = List.copyOf(others);
    }

    /** A cluster without HorizontalPodAutoscalers. */
    public Scaling(
        List<ReplicaScaler> scalers,
        Map<TargetRef, ScaleTarget> targets,
        Map<MetricKey, MetricReading> readings) {
      this(scalers, targets, readings, List.of());
    }
  }

  /**
   * One metric of one scaler.
   *
   * @param scaler the scaler
   * @param index its place in the scaler's list, from 0
   */
  public record MetricKey(ObjectKey scaler, int index) {}

  /**
   * GPU bootstrap.
   *
   * @param stacks every valid GPU stack
   * @param nodes what the nodes' agents say
   * @param failed machines that failed lately, as the groups remember them
   */
  public record Gpu(List<GpuStack> stacks, List<GpuNode> nodes, List<GpuFailedMachine> failed) {
    public static final Gpu NONE = new Gpu(List.of(), List.of());

    /** A cluster whose groups remember no failure. */
    public Gpu(List<GpuStack> stacks, List<GpuNode> nodes) {
      this(stacks, nodes, List.of());
    }

    public Gpu {
      stacks = List.copyOf(stacks);
      nodes = List.copyOf(nodes);
      failed = List.copyOf(failed);
    }
  }
}
