package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kinds of machine that failed as often in a row as their stack allows: none is bought until the
 * failures are an hour old or a machine of the kind becomes ready, and other kinds are tried. Nor
 * is anything bought for a stack that there is not.
 */
public final class GpuQuarantine {
  private final Map<GpuStackName, GpuStack> stacks = new HashMap<>();
  private final Map<String, List<Instant>> failures;

  private GpuQuarantine(ClusterSnapshot snapshot, Map<String, List<Instant>> failures) {
    this.failures = failures;
    snapshot.gpu().stacks().forEach(stack -> stacks.put(stack.name(), stack));
  }

  /**
   * The same snapshot, with obstacles at what is in quarantine.
   *
   * @param memory the GPU part of the state, this decision's failures included
   */
  public static ClusterSnapshot close(
      ClusterSnapshot snapshot, Map<String, PhaseStart> memory, Instant now) {
    Map<String, List<Instant>> failures = GpuAttempts.times(memory, now);
    GpuQuarantine quarantine = new GpuQuarantine(snapshot, failures);
    ClusterSnapshot.Capacity capacity = snapshot.capacity();
    if (capacity.groups().stream().noneMatch(each -> each.settings().gpuStack() != null)) {
      return snapshot;
    }
    return new ClusterSnapshot(
        snapshot.workloads(),
        new ClusterSnapshot.Capacity(
            capacity.nodes(),
            capacity.groups().stream().map(quarantine::close).toList(),
            capacity.instances(),
            capacity.failures()),
        snapshot.scaling(),
        snapshot.gpu(),
        snapshot.observedAt());
  }

  private NodeGroup close(NodeGroup group) {
    GpuStackName name = group.settings().gpuStack();
    if (name == null) {
      return group;
    }
    GpuStack stack = stacks.get(name);
    if (stack == null) {
      String words = "GpuStack " + name + " does not exist or is not valid";
      Offering.Obstacle obstacle = new Offering.Obstacle(false, words);
      return group.withOfferings(
          group.offerings().stream().map(each -> each.withObstacle(obstacle)).toList());
    }
    List<Offering> offerings =
        group.offerings().stream().map(each -> close(group.name(), each, stack)).toList();
    return offerings.equals(group.offerings()) ? group : group.withOfferings(offerings);
  }

  private Offering close(NodeGroupName group, Offering offering, GpuStack stack) {
    String type = offering.variant().instanceType();
    Optional<Instant> until = until(failures, GpuAttempts.kind(group, type, stack), stack);
    if (until.isEmpty() || offering.obstacle() != null) {
      return offering;
    }
    String words =
        "GPU bootstrap failed on "
            + stack.maxAttempts()
            + " machines in a row of type "
            + type
            + ", which is left alone until "
            + until.get();
    return offering.withObstacle(new Offering.Obstacle(true, words));
  }

  /** Until when a kind is left alone; empty when it may be bought. */
  static Optional<Instant> until(Map<String, List<Instant>> failures, String kind, GpuStack stack) {
    List<Instant> failed = failures.getOrDefault(kind, List.of());
    return failed.size() < stack.maxAttempts()
        ? Optional.empty()
        : Optional.of(failed.get(stack.maxAttempts() - 1).plus(GpuAttempts.MEMORY));
  }
}
