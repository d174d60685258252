package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Policy;
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
        GpuAttempts.times(GpuAttempts.next(state.gpu(), machines, phases, now), now);
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
    Map<GpuStackName, Integer> allowed = new HashMap<>();
    snapshot.gpu().stacks().forEach(stack -> allowed.put(stack.name(), stack.maxAttempts()));
    for (NodeGroup group : snapshot.capacity().groups()) {
      GpuStackName stack = group.settings().gpuStack();
      if (stack != null) {
        gpuGroups.add(group.name());
        List<Instant> failed = failures.getOrDefault(group.name().value(), List.of());
        addIfExhausted(group.name(), failed, allowed.getOrDefault(stack, 1));
      }
    }
  }

  private void addIfExhausted(NodeGroupName group, List<Instant> failed, int allowed) {
    if (failed.size() < allowed) {
      return;
    }
    CloudFailure why =
        new CloudFailure(
            CloudFailure.Cause.TRANSIENT,
            "GPU bootstrap failed on " + failed.size() + " machines in a row");
    Instant until = failed.get(allowed - 1).plus(GpuAttempts.MEMORY);
    exhausted.put(group, new Backoff(until, failed.size(), why));
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
