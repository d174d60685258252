package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroup.Mode;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A little world of GPU machines that a test changes between decisions. */
final class GpuScene {
  static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  static final NodeGroupName GROUP = new NodeGroupName("gpu-a");
  static final GpuStackName STACK = new GpuStackName("cuda");
  static final Variant VARIANT = new Variant("gpu.8x", "zone-a", Purchase.ON_DEMAND);
  static final long DEVICES = 8;

  final List<SceneMachine> machines = new ArrayList<>();
  final List<Pod> pods = new ArrayList<>();
  final List<DaemonSet> daemonSets = new ArrayList<>();
  final List<ResourceSlice> slices = new ArrayList<>();
  String resource = Resources.NVIDIA_GPU;
  final List<DisruptionBudget> budgets = new ArrayList<>();
  final Map<GpuPhase, Duration> deadlines = new HashMap<>();
  Instant now = START;
  AutoscalerState state = AutoscalerState.EMPTY;
  Policy policy = Policy.DEFAULT;
  Mode mode = Mode.ACTING;
  boolean stackExists = true;
  GpuStack.Health health = GpuStack.Health.USUAL;
  GpuStack.Upgrade upgrade = GpuStack.Upgrade.NONE;
  final List<Variant> variants = new ArrayList<>(List.of(VARIANT));
  final List<GpuFailedMachine> noted = new ArrayList<>();
  int maxAttempts = 3;
  int maxSize = 20;
  int warmNodes;
  Offering.@Nullable Obstacle obstacle;
  Duration kubernetesAge = Duration.ZERO;
  Duration cloudAge = Duration.ZERO;

  /** A new machine, ordered now. */
  SceneMachine machine(String id) {
    SceneMachine machine = new SceneMachine(id, now);
    machines.add(machine);
    return machine;
  }

  /** A machine whose Node exists and whose agent has finished the steps before the phase. */
  SceneMachine machineIn(String id, GpuPhase phase) {
    SceneMachine machine = machine(id);
    machine.instance =
        phase == GpuPhase.LAUNCHING ? Instance.State.CREATING : Instance.State.RUNNING;
    if (phase.compareTo(GpuPhase.DRIVER) >= 0) {
      machine.registered(now);
    }
    for (GpuPhase step : List.of(GpuPhase.DRIVER, GpuPhase.RUNTIME, GpuPhase.DEVICE_PLUGIN)) {
      if (step.compareTo(phase) < 0) {
        machine.finished(step, now);
      }
    }
    if (phase.compareTo(GpuPhase.DEVICE_PLUGIN) > 0) {
      machine.devices = DEVICES;
    }
    if (phase == GpuPhase.READY) {
      machine.finished(GpuPhase.VALIDATING, now);
    }
    return machine;
  }

  GpuScene after(Duration time) {
    now = now.plus(time);
    return this;
  }

  GpuScene afterSeconds(long seconds) {
    return after(Duration.ofSeconds(seconds));
  }

  /** Decides, and remembers what the decision wants remembered. */
  GpuPlan decide() {
    GpuPlan plan = GpuPlanner.plan(snapshot(), state, policy, now);
    state = new AutoscalerState(Map.of(), Map.of(), Map.of(), Map.of(), plan.state());
    return plan;
  }

  /** Decides, and does what is decided. */
  GpuPlan decideAndAct() {
    GpuPlan plan = decide();
    apply(plan);
    return plan;
  }

  /** Does what was decided. */
  void apply(GpuPlan plan) {
    plan.steps().forEach(this::apply);
  }

  /** The daemon forgets everything but what is written on nodes. */
  void restart() {
    state = AutoscalerState.EMPTY;
  }

  GpuStandings standings() {
    return GpuStandings.of(snapshot(), state, policy, now);
  }

  @Nullable PhaseStart memory(String key) {
    return state.gpu().get(key);
  }

  ClusterSnapshot snapshot() {
    GpuStack stack = new GpuStack(STACK, resource, deadlines, maxAttempts, health, upgrade);
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(
            pods,
            List.of(),
            daemonSets,
            budgets,
            Map.of(),
            Storage.NONE,
            new Devices(Map.of(), Map.of(), Map.of(), slices)),
        new ClusterSnapshot.Capacity(
            machines.stream().map(SceneMachine::toNode).flatMap(Optional::stream).toList(),
            List.of(group()),
            machines.stream().map(SceneMachine::toInstance).flatMap(Optional::stream).toList(),
            List.of()),
        ClusterSnapshot.Scaling.NONE,
        new ClusterSnapshot.Gpu(
            stackExists ? List.of(stack) : List.of(),
            machines.stream().map(SceneMachine::toAgent).flatMap(Optional::stream).toList(),
            noted),
        Map.of(Source.KUBERNETES, now.minus(kubernetesAge), Source.CLOUD, now.minus(cloudAge)));
  }

  private NodeGroup group() {
    NodeTemplate template =
        new NodeTemplate(
            Map.of(Keys.NODE_GROUP, GROUP.value()),
            List.of(),
            List.of(Taint.noSchedule(Keys.GPU_NOT_READY)),
            Resources.of(Map.of(Resources.NVIDIA_GPU, DEVICES, Resources.PODS, 110L)));
    return new NodeGroup(
        GROUP,
        Identity.NONE,
        new NodeGroup.Size(0, maxSize, machines.size()),
        variants.stream()
            .map(each -> new Offering(each, Price.UNKNOWN, template, obstacle))
            .toList(),
        new NodeGroup.Settings(mode, 0, STACK, null, Duration.ofMinutes(15), warmNodes),
        Map.of());
  }

  void apply(Action action) {
    for (SceneMachine machine : List.copyOf(machines)) {
      switch (action) {
        case Action.AnnotateNode annotate when machine.isNode(annotate.node()) ->
            machine.annotations.putAll(annotate.annotations());
        case Action.StartGpuStep start when machine.isNode(start.node()) ->
            machine.operation = start.id();
        case Action.OpenGpuNode open when machine.isNode(open.node()) ->
            machine.taints.remove(Keys.GPU_NOT_READY);
        case Action.ChangeGpuTaint change when machine.isNode(change.node()) ->
            machine.change(change);
        case Action.RepairGpuNode repair when machine.isNode(repair.node()) ->
            machine.operation = repair.id();
        case Action.ReportGpuHealth report when machine.isNode(report.node()) ->
            machine.gpuHealth = report.reason();
        case Action.EvictPod evict -> pods.removeIf(pod -> pod.key().equals(evict.pod()));
        case Action.TaintForRemoval taint when machine.isNode(taint.node()) ->
            machine.taints.add(Keys.DISRUPTED);
        case Action.DeleteInstance delete when machine.id.equals(delete.instance().value()) ->
            machines.remove(machine);
        case Action ignored -> {}
      }
    }
  }
}
