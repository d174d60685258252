package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ClusterSnapshot;

/** Answers "why?" for any object of one decision. */
public final class Explainer {
  private Explainer() {}

  /** The explanation; an object that the snapshot lacks is explained as such. */
  public static Explanation explain(
      Explanation.Subject subject, ClusterSnapshot snapshot, Decision decision) {
    return switch (subject) {
      case Explanation.Subject.OfPod of ->
          PodExplanation.of(of.pod(), snapshot.workloads().pods(), decision.plans());
      case Explanation.Subject.OfNode of ->
          NodeExplanation.of(of.node(), snapshot.capacity(), decision.plans());
      case Explanation.Subject.OfScaler of ->
          ScalerExplanation.of(of.scaler(), decision.plans().replicas());
    };
  }
}
