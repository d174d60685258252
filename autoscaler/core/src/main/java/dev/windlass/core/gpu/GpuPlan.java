package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far each GPU machine is.
 *
 * @param machines every machine of a group with a GPU stack, by node or instance name
 * @param groups every group with a GPU stack, by name
 * @param retiring nodes that another version of their stack made and that are being replaced now
 * @param steps what is to be done next
 * @param state since when each machine has been in its phase, for the next decision
 */
public record GpuPlan(
    List<Machine> machines,
    List<GpuGroup> groups,
    List<GpuRetiring> retiring,
    List<Action> steps,
    Map<String, PhaseStart> state) {
  public static final GpuPlan NOTHING = new GpuPlan(List.of(), List.of(), Map.of());

  /** A plan that says nothing about groups. */
  public GpuPlan(List<Machine> machines, List<Action> steps, Map<String, PhaseStart> state) {
    this(machines, List.of(), List.of(), steps, state);
  }

  public GpuPlan {
    machines = List.copyOf(machines);
    groups = List.copyOf(groups);
    retiring = List.copyOf(retiring);
    steps = List.copyOf(steps);
    state = Map.copyOf(state);
  }

  /**
   * Groups that a machine failed in at this decision, for their back-off: the machine's cause as
   * the cloud's failure, class {@code TRANSIENT}, since it may work with another machine.
   */
  public List<GroupFailure> failuresAt(Instant now) {
    return machines.stream()
        .filter(machine -> now.equals(machine.progress().started().get(GpuPhase.FAILED)))
        .map(machine -> new GroupFailure(machine.nodeGroup(), machine.progress().words(), now))
        .toList();
  }

  /**
   * One machine.
   *
   * @param name the node's name, or the instance's id while there is no node
   * @param instance the cloud's id, or null for a node without a cloud
   * @param nodeGroup its group
   * @param stack its GPU stack
   * @param progress its phase and times
   * @param action what is done about it now, or null
   */
  public record Machine(
      String name,
      @Nullable InstanceId instance,
      NodeGroupName nodeGroup,
      GpuStackName stack,
      Progress progress,
      @Nullable String action) {}

  /**
   * Phase and times.
   *
   * @param phase where it is
   * @param started when each phase began, this one included
   * @param deadline when the phase must be over, or null when there is nothing to wait for
   * @param failure why it failed, or null
   */
  public record Progress(
      GpuPhase phase,
      Map<GpuPhase, Instant> started,
      @Nullable Instant deadline,
      @Nullable GpuFailure failure) {
    public Progress {
      started = Map.copyOf(started);
    }

    private CloudFailure words() {
      String words = failure == null ? "" : failure.cause() + ": " + failure.message();
      return new CloudFailure(CloudFailure.Cause.TRANSIENT, "GPU bootstrap failed, " + words);
    }
  }
}
