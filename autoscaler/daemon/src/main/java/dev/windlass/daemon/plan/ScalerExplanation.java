package dev.windlass.daemon.plan;

import static java.util.Objects.requireNonNullElse;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.replicas.ReplicaReason;
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Fact;
import dev.windlass.daemon.plan.Explanation.Facts;
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
                "There is no such ReplicaScaler in this snapshot, or it is refused.",
                Evidence.NONE,
                List.of()));
  }

  private static Explanation of(ReplicaDecision decision) {
    List<List<String>> rows = new ArrayList<>();
    for (ReplicaDecision.MetricProposal metric : decision.metrics()) {
      rows.add(
          List.of(
              metric.type() + " " + metric.name(),
              requireNonNullElse(metric.current(), "no value"),
              metric.target(),
              metric.proposal() == null
                  ? requireNonNullElse(metric.error(), "–")
                  : metric.proposal().toString()));
    }
    Optional<ReplicaReason> limit = decision.verdict().limit();
    Facts facts = new Facts().add("Because", decision.verdict().reason());
    limit.ifPresent(reason ->
        facts
            .add("Limited by", reason.title() + ": " + ReplicaWords.meaning(reason))
            .add(Fact.REMEDY, ReplicaWords.remedy(reason)));
    for (ReplicaDecision.Condition each : decision.verdict().conditions()) {
      String name = each.type() + (each.status() ? "" : ": no");
      facts.add(name, each.reason() + ": " + each.message());
      if (each.type().equals("ScalingActive") && !each.status()) {
        ReplicaReason.ofTitle(each.reason())
            .ifPresent(reason -> facts.add(Fact.REMEDY, ReplicaWords.remedy(reason)));
      }
    }
    return new Explanation(
        "scaler " + decision.scaler(),
        limit.map(ReplicaReason::title).orElse("Recommended"),
        size(decision),
        new Evidence(List.of("Metric", "Now", "Target", "Asks for"), rows),
        facts.list());
  }

  private static String size(ReplicaDecision decision) {
    int current = decision.size().current();
    int desired = decision.size().desired();
    return current == desired
        ? "%s stays at %d.".formatted(decision.target(), current)
        : "%s goes from %d to %d.".formatted(decision.target(), current, desired);
  }
}
