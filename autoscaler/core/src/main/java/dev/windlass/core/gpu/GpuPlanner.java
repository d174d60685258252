package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.gpu.GpuPlan.Machine;
import dev.windlass.core.gpu.GpuPlan.Progress;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings each GPU machine one step further: Launching, Registering, Driver, Runtime, DevicePlugin,
 * Validating, Ready. Every phase but the last has a deadline; a machine that misses one, or whose
 * agent reports a failure, is failed with a cause.
 *
 * <p>This plan deletes failed machines itself ({@link GpuReplacement}): where there is a Node, it
 * is tainted for removal in one decision and its machine deleted in a later one, and only while no
 * pod but those of DaemonSets is on it. Scale-down drains what is tainted and must not take back
 * the removal taint of a node that is {@link GpuStanding#FAILED}.
 */
public final class GpuPlanner {
  private final Sight sight;
  private final GpuReplacement replacement;
  private final GpuRepairs repairs;
  private final List<Machine> machines = new ArrayList<>();
  private final List<Action> steps = new ArrayList<>();

  private GpuPlanner(Sight sight, GpuReplacement replacement, GpuRepairs repairs) {
    this.sight = sight;
    this.replacement = replacement;
    this.repairs = repairs;
  }

  /** Plans the next step of every GPU machine. */
  public static GpuPlan plan(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    Sight sight = Sight.of(snapshot, policy, now);
    SortedMap<String, GpuMachine> machines = GpuMachines.of(snapshot);
    SortedMap<String, PhaseStart> phases = phases(machines, state, sight);
    Map<String, PhaseStart> failures =
        GpuAttempts.next(state.gpu(), snapshot.gpu().failed(), machines, phases, now);
    List<GpuGroup> groups = GpuGroups.of(snapshot, machines.values(), GpuAttempts.noted(failures));
    List<Action> isolation = isolation(snapshot, machines.values(), sight);
    if (machines.isEmpty()) {
      return new GpuPlan(List.of(), groups, List.of(), isolation, failures);
    }
    GpuReplacement replacement =
        new GpuReplacement(snapshot, policy, sight, GpuAttempts.times(failures, now));
    GpuRepairs repairs = GpuRepairs.plan(snapshot, policy, now, machines, phases);
    GpuPlanner planner = new GpuPlanner(sight, replacement, repairs);
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null) {
        planner.add(machine, phase);
      }
    });
    planner.steps.addAll(isolation);
    GpuUpgrades upgrades = GpuUpgrades.plan(snapshot, policy, now, machines, phases);
    if (sight.kubernetes() && sight.cloud()) {
      planner.steps.addAll(upgrades.steps());
    }
    Map<String, PhaseStart> next = new TreeMap<>(phases);
    next.putAll(failures);
    return new GpuPlan(planner.machines, groups, upgrades.retiring(), planner.steps, next);
  }

  private static List<Action> isolation(
      ClusterSnapshot snapshot, Collection<GpuMachine> machines, Sight sight) {
    Set<NodeName> managed = new HashSet<>();
    for (GpuMachine machine : machines) {
      Node node = machine.node();
      if (node != null) {
        managed.add(node.name());
      }
    }
    return sight.kubernetes() ? GpuIsolation.of(snapshot, managed, sight.now()) : List.of();
  }

  /** How one machine counts; for many machines ask {@link GpuStandings} once. */
  public static GpuStanding standing(
      Instance instance,
      ClusterSnapshot snapshot,
      AutoscalerState state,
      Policy policy,
      Instant now) {
    return GpuStandings.of(snapshot, state, policy, now).of(instance);
  }

  /** The phase of each machine now, from memory, else from its node's annotation. */
  static SortedMap<String, PhaseStart> phases(
      Map<String, GpuMachine> machines, AutoscalerState state, Sight sight) {
    SortedMap<String, PhaseStart> phases = new TreeMap<>();
    machines.forEach((key, machine) -> {
      PhaseStart remembered = state.gpu().get(key);
      PhaseStart before = remembered == null ? noted(machine) : remembered;
      phases.put(key, GpuTransition.next(machine, before, sight));
    });
    return phases;
  }

  private static @Nullable PhaseStart noted(GpuMachine machine) {
    Node node = machine.node();
    String note = node == null ? null : node.annotations().get(Keys.GPU_PHASE);
    return note == null ? null : GpuPhaseNote.read(note).orElse(null);
  }

  private void add(GpuMachine machine, PhaseStart phase) {
    String action = act(machine, phase);
    Instance instance = machine.instance();
    machines.add(
        new Machine(
            machine.name(),
            instance == null ? null : instance.id(),
            machine.group().name(),
            machine.stackName(),
            progress(machine, phase),
            action));
  }

  private static Progress progress(GpuMachine machine, PhaseStart phase) {
    EnumMap<GpuPhase, Instant> started = new EnumMap<>(GpuPhase.class);
    started.putAll(phase.past());
    started.put(phase.phase(), phase.startedAt());
    boolean waits = phase.phase() != GpuPhase.READY && phase.phase() != GpuPhase.FAILED;
    Instant deadline = waits ? phase.startedAt().plus(machine.deadline(phase.phase())) : null;
    return new Progress(phase.phase(), started, deadline, phase.failure());
  }

  /** Adds what is to be done; says what that is, or what it waits for. */
  private @Nullable String act(GpuMachine machine, PhaseStart phase) {
    if (machine.isPaused()) {
      return "nothing: node group " + machine.group().name() + " is paused";
    }
    if (!sight.kubernetes()) {
      return "nothing: waits for fresh input";
    }
    if (machine.isLeaving() && phase.phase() != GpuPhase.FAILED) {
      return "nothing: the node is being removed";
    }
    String done = step(machine, phase);
    gate(machine, phase);
    annotate(machine, phase);
    return done;
  }

  private @Nullable String step(GpuMachine machine, PhaseStart phase) {
    return switch (phase.phase()) {
      case LAUNCHING, REGISTERING -> null;
      case DRIVER, RUNTIME, DEVICE_PLUGIN, VALIDATING -> order(machine, phase.phase());
      case READY -> open(machine);
      case FAILED -> replace(machine, phase.failure());
    };
  }

  private @Nullable String order(GpuMachine machine, GpuPhase step) {
    Node node = machine.node();
    if (!machine.hasStack()) {
      return "nothing: GpuStack " + machine.stackName() + " does not exist";
    }
    if (node == null || machine.isOrdered(step)) {
      return machine.finished(step) ? "waits: " + machine.deviceCount() : null;
    }
    Action start = machine.startOf(node, step);
    steps.add(start);
    return start.sentence();
  }

  private @Nullable String open(GpuMachine machine) {
    Node node = machine.node();
    boolean closed = machine.isTainted(Keys.GPU_NOT_READY);
    if (node == null || (closed && !machine.hasDevices())) {
      return "waits: " + machine.deviceCount();
    }
    if (!closed) {
      GpuRepairs.Verdict verdict = repairs.of(machine);
      steps.addAll(verdict.steps());
      return verdict.reason();
    }
    Action open = new Action.OpenGpuNode(node.name(), node.identity(), machine.promisedLabels());
    steps.add(open);
    return open.sentence();
  }

  /** Adds the startup taint where neither the group's template nor admission has. */
  private void gate(GpuMachine machine, PhaseStart phase) {
    Node node = machine.node();
    boolean open = phase.phase() == GpuPhase.READY || phase.past().containsKey(GpuPhase.READY);
    if (node == null || open || machine.isTainted(Keys.GPU_NOT_READY)) {
      return;
    }
    SortedMap<String, String> note = new TreeMap<>(Map.of(Keys.GPU_GATED_BY, GpuGroup.BY_DAEMON));
    steps.add(
        new Action.ChangeGpuTaint(
            node.name(),
            node.identity(),
            Keys.GPU_NOT_READY,
            true,
            note,
            "it came without its startup taint"));
  }

  private String replace(GpuMachine machine, @Nullable GpuFailure failure) {
    String cause = failure == null ? "unknown" : failure.cause() + ", " + failure.message();
    GpuReplacement.Verdict verdict = replacement.of(machine, cause);
    if (verdict.action() != null) {
      steps.add(verdict.action());
    }
    return verdict.reason();
  }

  private void annotate(GpuMachine machine, PhaseStart phase) {
    Node node = machine.node();
    if (node == null || node.status().deletedAt() != null) {
      return;
    }
    SortedMap<String, String> change = new TreeMap<>();
    String note = GpuPhaseNote.write(phase);
    if (!note.equals(node.annotations().get(Keys.GPU_PHASE))) {
      change.put(Keys.GPU_PHASE, note);
    }
    String version = machine.stack().upgrade().version();
    if (!version.isEmpty() && !node.annotations().containsKey(Keys.GPU_STACK_VERSION)) {
      change.put(Keys.GPU_STACK_VERSION, version);
    }
    if (!change.isEmpty()) {
      steps.add(new Action.AnnotateNode(node.name(), node.identity(), change));
    }
  }
}
