package dev.windlass.engine;

import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import dev.windlass.core.replicas.ReplicaReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts decisions on replicas under the names and labels of the HorizontalPodAutoscaler's
 * controller, so that alerts and dashboards on them carry over.
 */
final class ReplicaInstruments {
  private static final String RECONCILIATIONS =
      "horizontal.pod.autoscaler.controller.reconciliations";
  private static final String METRICS = "horizontal.pod.autoscaler.controller.metric.computation";

  private static final Set<String> AT_REST =
      Set.of(ReplicaReason.PAUSED.title(), ReplicaReason.SCALING_DISABLED.title());
  private static final Set<String> WRONG_SPEC =
      Set.of(
          ReplicaReason.INVALID_SELECTOR.title(),
          ReplicaReason.AMBIGUOUS_SELECTOR.title(),
          ReplicaReason.INVALID_METRIC_SOURCE_TYPE.title());

  private final MeterRegistry registry;
  private final Map<Labels, Counter> counters = new HashMap<>();

  /** The labels of a count; no metric's type for a whole decision. */
  private record Labels(String action, String error, String metricType) {}

  ReplicaInstruments(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts the decisions of one tick. */
  void ticked(List<ReplicaDecision> decisions) {
    for (ReplicaDecision decision : decisions) {
      int current = decision.size().current();
      count(new Labels(action(current, decision.size().desired()), error(decision), ""));
      for (MetricProposal metric : decision.metrics()) {
        int proposed = metric.proposal() == null ? current : metric.proposal();
        count(new Labels(action(current, proposed), error(metric), metric.type()));
      }
    }
  }

  private void count(Labels labels) {
    counters.computeIfAbsent(labels, this::counter).increment();
  }

  private Counter counter(Labels labels) {
    return labels.metricType().isEmpty()
        ? registry.counter(RECONCILIATIONS, "action", labels.action(), "error", labels.error())
        : registry.counter(
            METRICS,
            "action",
            labels.action(),
            "error",
            labels.error(),
            "metric_type",
            labels.metricType());
  }

  private static String action(int current, int next) {
    if (next == current) {
      return "none";
    }
    return next > current ? "scale_up" : "scale_down";
  }

  private static String error(ReplicaDecision decision) {
    for (Condition each : decision.verdict().conditions()) {
      boolean tells = each.type().equals("AbleToScale") || each.type().equals("ScalingActive");
      if (tells && !each.status() && !AT_REST.contains(each.reason())) {
        return WRONG_SPEC.contains(each.reason()) ? "spec" : "internal";
      }
    }
    return "none";
  }

  private static String error(MetricProposal metric) {
    if (metric.error() == null) {
      return "none";
    }
    boolean spec = metric.error().startsWith(ReplicaReason.INVALID_METRIC_SOURCE_TYPE.title());
    return spec ? "spec" : "internal";
  }
}
