package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scaler would do, before it is asked whether it may.
 *
 * @param desired the size it would set
 * @param metrics each metric's proposal
 * @param limitedBy what kept it from the proposal, or null
 * @param reason one sentence: why this size
 * @param history what it remembers so far
 */
record Outcome(
    int desired,
    List<MetricProposal> metrics,
    @Nullable ReplicaReason limitedBy,
    String reason,
    ScalerHistory history) {
  Outcome {
    metrics = List.copyOf(metrics);
  }
}
