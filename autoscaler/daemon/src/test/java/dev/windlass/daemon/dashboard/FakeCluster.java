package dev.windlass.daemon.dashboard;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.CloudFailure;
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
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Variant;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds ticks by hand: what was seen, and what is said to have been decided. */
public final class FakeCluster {
  public static final Instant NOW = Instant.parse("2026-05-12T09:47:30Z");

  final List<Pod> pods = new ArrayList<>();
  final List<Node> nodes = new ArrayList<>();
  final List<Instance> instances = new ArrayList<>();
  final List<NodeGroup> groups = new ArrayList<>();
  final List<Action> actions = new ArrayList<>();
  final Map<NodeGroupName, AutoscalerState.Backoff> backoffs = new HashMap<>();
  final Map<Source, Instant> observedAt = new HashMap<>();
  ClusterSnapshot.Gpu gpu = ClusterSnapshot.Gpu.NONE;
  ReplicaPlan replicas = ReplicaPlan.NOTHING;
  ScaleUpPlan scaleUp = ScaleUpPlan.NOTHING;
  ScaleDownPlan scaleDown = ScaleDownPlan.NOTHING;
  GpuPlan gpuPlan = GpuPlan.NOTHING;
  Instant now = NOW;

  public FakeCluster() {
    for (Source source : Source.values()) {
      observedAt.put(source, NOW);
    }
  }

  /** An empty cluster's tick. */
  public static Tick quiet(long number) {
    return new FakeCluster().tick(number);
  }

  FakeCluster group(String name, int min, int target, int max, double usdPerHour) {
    Offering offering =
        new Offering(
            new Variant(name + ".large", "zone-a", Purchase.ON_DEMAND),
            usdPerHour < 0 ? Price.UNKNOWN : Price.ofUsdPerHour(usdPerHour),
            new NodeTemplate(Map.of(), List.of(), List.of(), Resources.NONE));
    groups.add(
        new NodeGroup(
            new NodeGroupName(name),
            Identity.NONE,
            new NodeGroup.Size(min, max, target),
            List.of(offering),
            NodeGroup.Settings.USUAL,
            Map.of()));
    return this;
  }

  FakeCluster readyNodes(String group, int count) {
    for (int i = 1; i <= count; i++) {
      String name = group + "-" + i;
      instances.add(
          new Instance(
              new InstanceId(name),
              new NodeGroupName(group),
              new Variant(group + ".large", "zone-a", Purchase.ON_DEMAND),
              Instance.State.RUNNING,
              now.minus(Duration.ofHours(1)),
              null));
      nodes.add(
          new Node(
              new NodeName(name),
              Identity.NONE,
              Map.of(Keys.NODE_GROUP, group),
              Map.of(),
              new Node.Spec(List.of(), false, name),
              new Node.Status(Resources.NONE, true, null, now.minus(Duration.ofHours(1)), null)));
    }
    return this;
  }

  /** Pods {@code OWNER-0}, {@code OWNER-1} … of one Deployment. */
  List<ObjectKey> pending(
      String namespace, String owner, int count, PodSpec spec, int waitSeconds) {
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectKey key = new ObjectKey(namespace, owner + "-" + i);
      PodMetadata metadata =
          new PodMetadata(
              Identity.NONE,
              Map.of("pod-template-hash", "5d9"),
              Map.of(),
              new OwnerReference("apps", "ReplicaSet", owner + "-5d9", "u"),
              now.minusSeconds(waitSeconds),
              null);
      pods.add(
          new Pod(key, metadata, spec, PodStatus.NEW, Pod.Placement.UNPLACED, Pod.Lifecycle.USUAL));
      keys.add(key);
    }
    return keys;
  }

  static PodSpec asks(long milliCpu, long gibibytes, long gpus) {
    Map<String, Long> amounts = new HashMap<>();
    amounts.put(Resources.CPU, milliCpu);
    amounts.put(Resources.MEMORY, gibibytes << 30);
    amounts.put(Resources.NVIDIA_GPU, gpus);
    return PodSpec.of(Resources.of(amounts), PodPlacementRules.ANYWHERE);
  }

  Tick tick(long number) {
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
            new ClusterSnapshot.Capacity(nodes, groups, instances, List.of()),
            ClusterSnapshot.Scaling.NONE,
            gpu,
            observedAt);
    Map<NodeGroupName, List<AutoscalerState.Backoff>> each = new HashMap<>();
    backoffs.forEach((group, backoff) -> each.put(group, List.of(backoff)));
    AutoscalerState next = new AutoscalerState(Map.of(), each, Map.of(), Map.of(), Map.of());
    Decision decision =
        new Decision(
            now,
            new Decision.Plans(replicas, scaleUp, scaleDown, gpuPlan),
            actions,
            List.of(),
            next);
    return new Tick(
        number,
        snapshot,
        decision,
        List.of(),
        new Tick.Took(Duration.ofMillis(3), Duration.ofMillis(12)));
  }

  /** A history that archives at once. */
  public static DecisionHistory history() {
    return new DecisionHistory(
        () -> DaemonFacts.acting("mixed-prod", "0.1.0"),
        () -> NOW.plusSeconds(2),
        HistoryLimits.DEFAULT,
        Runnable::run);
  }

  /** A burst, its outcomes, and a past. */
  public static DecisionHistory burstPreview() {
    DecisionHistory history = history();
    for (int minutes = 30; minutes > 7; minutes--) {
      history.ticked(PreviewScene.quiet(48_190 - minutes, NOW.minus(Duration.ofMinutes(minutes))));
    }
    Tick tick = PreviewScene.burst(48_203, NOW.minusSeconds(70));
    history.ticked(tick);
    for (int i = 1; i < tick.decision().actions().size(); i++) {
      Action action = tick.decision().actions().get(i);
      CloudFailure soldOut =
          new CloudFailure(CloudFailure.Cause.CAPACITY, "No capacity in zone-a.");
      history.outcome(
          i == 1 ? new ActionOutcome.Failed(action, soldOut) : new ActionOutcome.Applied(action));
    }
    history.ticked(PreviewScene.later(48_213, NOW));
    return history;
  }

  /** Nothing to do. */
  public static DecisionHistory quietPreview() {
    DecisionHistory history = history();
    history.ticked(PreviewScene.quiet(48_213, NOW));
    return history;
  }
}
