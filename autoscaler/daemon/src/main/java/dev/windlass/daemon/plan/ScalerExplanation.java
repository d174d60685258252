package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.replicas.ReplicaReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a scaler's target has its size. */
final class ScalerExplanation {
  private ScalerExplanation() {}

  static Explanation of(ObjectKey key, ReplicaPlan plan) {
    return plan.decisions().stream()
        .filter(decision -> decision.scaler().equals(key))
        .findFirst()
        .map(ScalerExplanation::of)
        .orElseGet(() ->
            new Explanation(
                "scaler " + key,
                "NotFound",
                "There is no such ReplicaScaler in this snapshot, or it is not valid.",
                List.of(),
                List.of()));
  }

  private static Explanation of(ReplicaDecision decision) {
    List<String> evidence = new ArrayList<>();
    decision.metrics().forEach(metric -> evidence.add(sentence(metric)));
    List<String> remedies = new ArrayList<>();
    for (ReplicaDecision.Condition each : decision.verdict().conditions()) {
      evidence.add(
          "%s is %s, %s: %s"
              .formatted(
                  each.type(), each.status() ? "True" : "False", each.reason(), each.message()));
    }
    Optional<ReplicaReason> limit = decision.verdict().limit();
    limit.ifPresent(reason -> remedies.add(ReplicaWords.remedy(reason)));
    decision.verdict().conditions().stream()
        .filter(each -> each.type().equals("ScalingActive") && !each.status())
        .flatMap(each -> ReplicaReason.ofTitle(each.reason()).stream())
        .forEach(reason -> remedies.add(ReplicaWords.remedy(reason)));
    return new Explanation(
        "scaler " + decision.scaler(),
        limit.map(ReplicaReason::title).orElse("Recommended"),
        size(decision) + " " + decision.verdict().reason(),
        evidence,
        remedies);
  }

  private static String size(ReplicaDecision decision) {
    int current = decision.size().current();
    int desired = decision.size().desired();
    return current == desired
        ? "%s stays at %d.".formatted(decision.target(), current)
        : "%s goes from %d to %d.".formatted(decision.target(), current, desired);
  }

  private static String sentence(ReplicaDecision.MetricProposal metric) {
    String name = "Metric " + metric.type() + " " + metric.name();
    return metric.error() == null
        ? "%s is %s, held at %s: %s replicas."
            .formatted(name, metric.current(), metric.target(), metric.proposal())
        : name + " has no value: " + metric.error();
  }
}
