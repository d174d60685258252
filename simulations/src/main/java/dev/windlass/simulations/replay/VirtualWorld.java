package dev.windlass.simulations.replay;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.RemovalTaint;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.ActionPort;
import dev.windlass.engine.ClusterObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster and its cloud in virtual time: pods arrive and end, machines boot and bootstrap their
 * GPUs, a scheduler binds. The engine sees it through its ports, as it sees a real cluster.
 */
final class VirtualWorld implements ClusterObserver, ActionPort {
  /** The scheduler looks at most once in so long, so that a burst is one look. */
  private static final Duration SCHEDULER_PERIOD = Duration.ofSeconds(1);

  private final VirtualTime time;
  private final WorldDelays delays;
  private final Ledger ledger;
  private final List<NodeGroup> groups;
  private final List<GpuStack> stacks;
  private final SortedMap<String, VirtualPod> pods = new TreeMap<>();
  private final SortedMap<String, VirtualNode> nodes = new TreeMap<>();
  private final Map<NodeGroupName, Integer> targets = new HashMap<>();
  private final Map<TracePod, PodSpec> specs = new HashMap<>();
  private final Map<PodSpec, PodSpec> interned = new HashMap<>();
  private boolean schedulerDue;
  private boolean arrived;
  private int machines;
  private int evictions;

  VirtualWorld(
      VirtualTime time,
      WorldDelays delays,
      Ledger ledger,
      List<NodeGroup> groups,
      List<GpuStack> stacks) {
    this.time = time;
    this.delays = delays;
    this.ledger = ledger;
    this.groups = groups;
    this.stacks = stacks;
    groups.forEach(group -> targets.put(group.name(), group.size().target()));
  }

  /** Lets a pod arrive at its time. */
  void expect(TracePod pod, Instant start) {
    PodSpec spec =
        specs.computeIfAbsent(
            pod, each -> interned.computeIfAbsent(VirtualPod.spec(each), same -> same));
    time.at(
        start.plus(pod.arrival()),
        () -> {
          pods.put(pod.name(), new VirtualPod(pod, spec, time.instant()));
          arrived = true;
          wakeScheduler();
        });
  }

  /** Whether a pod has arrived since the last call; this wakes the engine. */
  boolean takeArrived() {
    boolean was = arrived;
    arrived = false;
    return was;
  }

  Collection<VirtualPod> pods() {
    return pods.values();
  }

  Collection<VirtualNode> nodes() {
    return nodes.values();
  }

  int evictions() {
    return evictions;
  }

  /** Settles the bills of what still runs. */
  void settle() {
    for (VirtualPod pod : pods.values()) {
      if (pod.node() != null) {
        ledger.pod(pod.trace(), pod.startedAt(), time.instant());
      }
    }
    for (VirtualNode node : nodes.values()) {
      if (!node.isMachineGone() && !node.isDeleting()) {
        ledger.machine(node.offering(), node.orderedAt(), time.instant());
      }
    }
  }

  @Override
  public ClusterSnapshot observe() {
    List<Pod> podViews = new ArrayList<>(pods.size());
    pods.values().forEach(pod -> podViews.add(pod.view()));
    List<Node> nodeViews = new ArrayList<>(nodes.size());
    List<Instance> instances = new ArrayList<>(nodes.size());
    List<GpuNode> agents = new ArrayList<>();
    for (VirtualNode node : nodes.values()) {
      node.instance().ifPresent(instances::add);
      if (node.isRegistered()) {
        nodeViews.add(node.view());
        node.agent().ifPresent(agents::add);
      }
    }
    Instant now = time.instant();
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(podViews, List.of(), List.of(), List.of(), Map.of()),
        new ClusterSnapshot.Capacity(nodeViews, sized(), instances, List.of()),
        ClusterSnapshot.Scaling.NONE,
        new ClusterSnapshot.Gpu(stacks, agents),
        Map.of(Source.KUBERNETES, now, Source.CLOUD, now));
  }

  private List<NodeGroup> sized() {
    List<NodeGroup> sized = new ArrayList<>(groups.size());
    for (NodeGroup group : groups) {
      NodeGroup.Size size =
          new NodeGroup.Size(
              group.size().min(), group.size().max(), targets.getOrDefault(group.name(), 0));
      sized.add(
          new NodeGroup(
              group.name(),
              group.identity(),
              size,
              group.offerings(),
              group.settings(),
              group.matchLabels()));
    }
    return sized;
  }

  @Override
  public ActionOutcome apply(Action action) {
    switch (action) {
      case Action.IncreaseGroup increase -> increase(increase);
      case Action.DeleteInstance delete -> terminate(delete.instance().value());
      case Action.EvictPod evict -> evict(evict.pod().name());
      case Action.TaintForRemoval taint ->
          node(taint.node()).addTaint(RemovalTaint.of(taint.since()));
      case Action.CancelRemoval cancel -> node(cancel.node()).removeTaint(Keys.DISRUPTED);
      case Action.DeleteNodeObject gone -> nodes.remove(gone.node().value());
      case Action.AnnotateNode note -> node(note.node()).annotate(note.annotations());
      case Action.StartGpuStep step -> bootstrap(step);
      case Action.OpenGpuNode open -> {
        node(open.node()).removeTaint(Keys.GPU_NOT_READY);
        wakeScheduler();
      }
      case Action.ChangeGpuTaint change -> {
        VirtualNode node = node(change.node());
        if (change.present()) {
          node.addTaint(Taint.noSchedule(change.taint()));
        } else {
          node.removeTaint(change.taint());
        }
        node.annotate(change.annotations());
      }
      case Action.ReportGpuHealth _ -> {}
      case Action.RepairGpuNode repair ->
          throw new IllegalStateException("no device breaks in a trace: " + repair.sentence());
      case Action.ScaleWorkload scale ->
          throw new IllegalStateException("a trace has no workload to scale: " + scale.sentence());
    }
    return new ActionOutcome.Applied(action);
  }

  private VirtualNode node(NodeName name) {
    VirtualNode node = nodes.get(name.value());
    if (node == null) {
      throw new IllegalStateException("there is no node " + name);
    }
    return node;
  }

  private void increase(Action.IncreaseGroup increase) {
    NodeGroup group =
        groups.stream()
            .filter(each -> each.name().equals(increase.group()))
            .findFirst()
            .orElseThrow();
    targets.put(group.name(), increase.to());
    List<Map.Entry<Variant, Integer>> order = new ArrayList<>(increase.machines().entrySet());
    order.sort(Comparator.comparing(entry -> entry.getKey().toString()));
    for (Map.Entry<Variant, Integer> entry : order) {
      Offering offering =
          group.offerings().stream()
              .filter(each -> each.variant().equals(entry.getKey()))
              .findFirst()
              .orElseThrow();
      for (int machine = 0; machine < entry.getValue(); machine++) {
        boot(group, offering);
      }
    }
  }

  private void boot(NodeGroup group, Offering offering) {
    machines++;
    String name = String.format(java.util.Locale.ROOT, "%s-%05d", group.name(), machines);
    VirtualNode node = new VirtualNode(name, group, offering, time.instant());
    nodes.put(name, node);
    Duration launch = delays.launch(name);
    time.after(launch, node::launched);
    time.after(
        launch.plus(delays.register(name)),
        () -> {
          if (!node.isDeleting()) {
            node.register(time.instant());
            wakeScheduler();
          }
        });
  }

  private void bootstrap(Action.StartGpuStep step) {
    VirtualNode node = node(step.node());
    GpuPhase phase = step.phase();
    node.begin(step.id());
    time.after(
        delays.bootstrap(step.node().value(), phase), () -> node.finish(phase, time.instant()));
  }

  private void terminate(String providerId) {
    for (VirtualNode node : nodes.values()) {
      boolean meant =
          node.instance().map(each -> each.id().value().equals(providerId)).orElse(false);
      if (meant && !node.isDeleting()) {
        node.deleting();
        targets.merge(node.group().name(), -1, Integer::sum);
        ledger.machine(node.offering(), node.orderedAt(), time.instant());
        time.after(
            delays.terminate(node.name().value()),
            () -> {
              node.machineGone();
              if (!node.isRegistered()) {
                nodes.remove(node.name().value());
              }
            });
        return;
      }
    }
  }

  private void evict(String name) {
    VirtualPod pod = pods.get(name);
    if (pod != null && pod.node() != null) {
      evictions++;
      leave(pod);
      pod.stop();
      wakeScheduler();
      arrived = true;
    }
  }

  private void leave(VirtualPod pod) {
    VirtualNode node = pod.node();
    if (node != null) {
      ledger.pod(pod.trace(), pod.startedAt(), time.instant());
      node.giveDevices(pod.trace(), pod.device());
    }
  }

  private void wakeScheduler() {
    if (!schedulerDue) {
      schedulerDue = true;
      time.after(SCHEDULER_PERIOD, this::schedule);
    }
  }

  private void schedule() {
    schedulerDue = false;
    if (pods.values().stream().noneMatch(pod -> pod.node() == null)) {
      return;
    }
    List<VirtualScheduler.Binding> bindings =
        VirtualScheduler.bind(observe(), AutoscalerState.EMPTY, time.instant());
    for (VirtualScheduler.Binding binding : bindings) {
      VirtualPod pod = pods.get(binding.pod().name());
      if (pod != null) {
        run(pod, node(binding.node()));
      }
    }
  }

  private void run(VirtualPod pod, VirtualNode node) {
    Instant now = time.instant();
    int device = node.takeDevices(pod.trace());
    if (pod.start(node, device, now)) {
      ledger.started(Duration.between(pod.createdAt(), now));
      time.after(pod.trace().lifetime(), () -> end(pod));
    }
  }

  /** A pod lives for its time from its first start on, wherever it runs then. */
  private void end(VirtualPod pod) {
    leave(pod);
    pods.remove(pod.trace().name());
    wakeScheduler();
  }
}
