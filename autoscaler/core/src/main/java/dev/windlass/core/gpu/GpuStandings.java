package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Resources;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How every GPU machine counts, worked out once for a decision: what scale-up asks to count
 * upcoming capacity, and scale-down to know failed nodes.
 */
public final class GpuStandings {
  private final Map<String, GpuStanding> byInstance = new HashMap<>();
  private final Map<NodeName, GpuStanding> byNode = new HashMap<>();
  private final Set<NodeGroupName> gpuGroups = new HashSet<>();
  private final Map<NodeGroupName, Backoff> exhausted = new HashMap<>();

  private GpuStandings() {}

  /** Works them out. */
  public static GpuStandings of(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    GpuStandings standings = new GpuStandings();
    Map<String, GpuMachine> machines = GpuMachines.of(snapshot);
    Map<String, PhaseStart> phases =
        GpuPlanner.phases(machines, state, Sight.of(snapshot, policy, now));
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null) {
        standings.add(machine, phase);
      }
    });
    Map<String, List<Instant>> failures =
        GpuAttempts.times(
            GpuAttempts.next(state.gpu(), snapshot.gpu().failed(), machines, phases, now), now);
    standings.addGroups(snapshot, failures);
    return standings;
  }

  /** How a machine counts. */
  public GpuStanding of(Instance instance) {
    if (!gpuGroups.contains(instance.group())) {
      return GpuStanding.NOT_GPU;
    }
    return byInstance.getOrDefault(instance.id().value(), GpuStanding.FAILED);
  }

  /** How a node counts, with or without a cloud. */
  public GpuStanding of(NodeName node) {
    return byNode.getOrDefault(node, GpuStanding.NOT_GPU);
  }

  /**
   * Whether so many machines of the group failed in a row that buying another is pointless until
   * the failures are an hour old or a machine becomes ready.
   */
  public boolean isExhausted(NodeGroupName group) {
    return exhausted.containsKey(group);
  }

  /** The exhausted groups, in the words in which scale-up leaves groups alone. */
  public Map<NodeGroupName, Backoff> exhausted() {
    return Map.copyOf(exhausted);
  }

  private void addGroups(ClusterSnapshot snapshot, Map<String, List<Instant>> failures) {
    Map<GpuStackName, GpuStack> stacks = new HashMap<>();
    snapshot.gpu().stacks().forEach(stack -> stacks.put(stack.name(), stack));
    for (NodeGroup group : snapshot.capacity().groups()) {
      GpuStackName name = group.settings().gpuStack();
      if (name != null) {
        gpuGroups.add(group.name());
        GpuStack missing = new GpuStack(name, Resources.NVIDIA_GPU, Map.of(), 1);
        addIfExhausted(group, stacks.getOrDefault(name, missing), failures);
      }
    }
  }

  /** A group is exhausted when every kind of machine that it offers is in quarantine. */
  private void addIfExhausted(
      NodeGroup group, GpuStack stack, Map<String, List<Instant>> failures) {
    Instant earliest = null;
    int most = 0;
    for (Offering offering : group.offerings()) {
      String type = offering.variant().instanceType();
      String kind = GpuAttempts.kind(group.name(), type, stack);
      Instant until = GpuQuarantine.until(failures, kind, stack).orElse(null);
      if (until == null) {
        return;
      }
      earliest = earliest == null || until.isBefore(earliest) ? until : earliest;
      most = Math.max(most, failures.getOrDefault(kind, List.of()).size());
    }
    if (earliest != null) {
      CloudFailure why =
          new CloudFailure(
              CloudFailure.Cause.TRANSIENT,
              "GPU bootstrap failed on " + most + " machines in a row");
      exhausted.put(group.name(), new Backoff(earliest, most, why));
    }
  }

  private void add(GpuMachine machine, PhaseStart phase) {
    GpuStanding standing =
        switch (phase.phase()) {
          case FAILED -> GpuStanding.FAILED;
          case READY ->
              machine.isTainted(Keys.GPU_NOT_READY) ? GpuStanding.UPCOMING : GpuStanding.READY;
          case LAUNCHING, REGISTERING, DRIVER, RUNTIME, DEVICE_PLUGIN, VALIDATING ->
              GpuStanding.UPCOMING;
        };
    Instance instance = machine.instance();
    Node node = machine.node();
    if (instance != null) {
      byInstance.put(instance.id().value(), standing);
    }
    if (node != null) {
      byNode.put(node.name(), standing);
    }
  }
}
