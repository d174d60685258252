package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaReason;
import dev.windlass.engine.ActionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Events of ReplicaScalers, with the reasons and words of the HorizontalPodAutoscaler's. */
final class ScalerEvents {
  static final String RESCALED = "SuccessfulRescale";

  private static final Set<String> AT_REST =
      Set.of(ReplicaReason.PAUSED.title(), ReplicaReason.SCALING_DISABLED.title());

  private ScalerEvents() {}

  /** What came of a rescale. */
  static ClusterEvent rescale(Action.ScaleWorkload scale, ActionOutcome outcome) {
    ClusterEvent.Regarding scaler = ClusterEvent.Regarding.scaler(scale.scaler(), "");
    String size = "New size: " + scale.to() + "; reason: " + scale.why();
    return switch (outcome) {
      case ActionOutcome.Applied _ -> new ClusterEvent(scaler, false, RESCALED, size);
      case ActionOutcome.Refused _, ActionOutcome.Failed _ ->
          new ClusterEvent(scaler, true, "FailedRescale", size + "; error: " + outcome.message());
    };
  }

  /**
   * What keeps a scaler from deciding.
   *
   * @param uid the scaler's
   */
  static List<ClusterEvent> problems(ReplicaDecision decision, String uid) {
    List<ClusterEvent> events = new ArrayList<>();
    ClusterEvent.Regarding scaler = ClusterEvent.Regarding.scaler(decision.scaler(), uid);
    for (Condition each : decision.verdict().conditions()) {
      if (isProblem(each)) {
        events.add(new ClusterEvent(scaler, true, each.reason(), each.message()));
        if (decision.metrics().stream().anyMatch(metric -> metric.error() != null)) {
          events.add(
              new ClusterEvent(scaler, true, "FailedComputeMetricsReplicas", each.message()));
        }
      }
    }
    return events;
  }

  /** Whether a condition tells that the target's size or its metrics could not be had. */
  static boolean isProblem(Condition condition) {
    boolean tells =
        condition.type().equals("AbleToScale") || condition.type().equals("ScalingActive");
    return tells && !condition.status() && !AT_REST.contains(condition.reason());
  }
}
