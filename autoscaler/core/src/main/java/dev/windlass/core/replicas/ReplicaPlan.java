package dev.windlass.core.replicas;

import java.util.List;

/**
 * One decision for each scaler, in the order of their names.
 *
 * @param decisions the decisions
 */
public record ReplicaPlan(List<ReplicaDecision> decisions) {
  public static final ReplicaPlan NOTHING = new ReplicaPlan(List.of());

  public ReplicaPlan {
    decisions = List.copyOf(decisions);
  }
}
