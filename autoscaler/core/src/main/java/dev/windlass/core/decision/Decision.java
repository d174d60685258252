package dev.windlass.core.decision;

import dev.windlass.core.action.Action;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.ScaleUpPlan;
import java.time.Instant;
import java.util.List;

/**
 * One decision: four plans with their reasons, the actions that follow, and what to remember.
 *
 * @param at the decision's time
 * @param plans the four plans
 * @param actions what to do, in order
 * @param deferred work that a bound or stale input left for the next tick
 * @param next the state for the next decision
 */
public record Decision(
    Instant at, Plans plans, List<Action> actions, List<Deferred> deferred, AutoscalerState next) {
  public Decision {
    actions = List.copyOf(actions);
    deferred = List.copyOf(deferred);
  }

  /** The four plans, in the order in which they are made. */
  public record Plans(
      ReplicaPlan replicas, ScaleUpPlan scaleUp, ScaleDownPlan scaleDown, GpuPlan gpu) {}

  /**
   * Work left for the next tick.
   *
   * @param what the work
   * @param why the bound, or the source that is stale
   */
  public record Deferred(String what, String why) {}
}
