package dev.windlass.core.decision;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.ScaleUpPlan;
import java.time.Instant;
import java.util.List;

/** The whole decision, as one pure function. */
public final class Decider {
  private Decider() {}

  /** Decides. */
  public static Decision decide(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    return new Decision(
        now,
        new Decision.Plans(
            ReplicaPlan.NOTHING, ScaleUpPlan.NOTHING, ScaleDownPlan.NOTHING, GpuPlan.NOTHING),
        List.of(),
        List.of(),
        state);
  }
}
