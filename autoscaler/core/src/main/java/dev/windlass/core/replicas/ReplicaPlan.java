package dev.windlass.core.replicas;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScalerHistory;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One decision for each scaler, in the order of their names, and what follows from them.
 *
 * @param decisions the decisions
 * @param actions one for each target whose size changes, in the same order
 */
public record ReplicaPlan(List<ReplicaDecision> decisions, List<Action> actions) {
  public static final ReplicaPlan NOTHING = new ReplicaPlan(List.of());

  public ReplicaPlan {
    decisions = List.copyOf(decisions);
    actions = List.copyOf(actions);
  }

  /** Decisions from which nothing follows. */
  public ReplicaPlan(List<ReplicaDecision> decisions) {
    this(decisions, List.of());
  }

  /**
   * What each scaler remembers for the next tick; scalers that are gone are forgotten. The place
   * for it is {@code AutoscalerState.scalers}.
   */
  public SortedMap<ObjectKey, ScalerHistory> histories() {
    TreeMap<ObjectKey, ScalerHistory> histories = new TreeMap<>();
    decisions.forEach(decision -> histories.put(decision.scaler(), decision.history()));
    return Collections.unmodifiableSortedMap(histories);
  }
}
