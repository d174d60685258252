package dev.windlass.daemon.dashboard;

import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import dev.windlass.core.replicas.ReplicaReason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Replica scalers: metrics against targets, replicas, and what limits them; most urgent first. */
final class ReplicaSection {
  private static final int MAX_ROWS = 200;

  private final List<ReplicaDecision> decisions;
  private final Map<String, List<ReplicaPoint>> history;

  ReplicaSection(HistoryView view) {
    decisions = view.tick().decision().plans().replicas().decisions();
    history = view.replicas();
  }

  /** Writes {@code replicas} and {@code replicaTotals}. */
  void write(Fields document) {
    List<ReplicaDecision> rows =
        decisions.stream()
            .sorted(
                Comparator.comparing(ReplicaSection::state).thenComparing(ReplicaDecision::scaler))
            .limit(MAX_ROWS)
            .toList();
    document.list("replicas", rows, this::row);
    document.put(
        "replicaTotals",
        Fields.object()
            .put("scalers", decisions.size())
            .put("failing", count(State.FAILING))
            .put("limited", count(State.LIMITED))
            .put("moving", count(State.MOVING)));
  }

  private long count(State state) {
    return decisions.stream().filter(decision -> state(decision) == state).count();
  }

  /** What a scaler does, most urgent first. */
  enum State {
    FAILING("need", "No metric"),
    LIMITED("wait", "Limited"),
    MOVING("come", "Moving"),
    HELD("hold", "Held"),
    HOLDING("ok", "On target");

    private final String key;
    private final String title;

    State(String key, String title) {
      this.key = key;
      this.title = title;
    }
  }

  static State state(ReplicaDecision decision) {
    if (decision.metrics().stream().anyMatch(metric -> metric.error() != null)) {
      return State.FAILING;
    }
    if (decision.size().current() != decision.size().desired()) {
      return State.MOVING;
    }
    return decision.verdict().limit().map(ReplicaSection::held).orElse(State.HOLDING);
  }

  /** A scaler that stays where it is: against its metrics, or because it wants to. */
  private static State held(ReplicaReason limit) {
    return switch (limit) {
      case FAILED_GET_SCALE,
          INVALID_SELECTOR,
          AMBIGUOUS_SELECTOR,
          FAILED_GET_RESOURCE_METRIC,
          FAILED_GET_CONTAINER_RESOURCE_METRIC,
          FAILED_GET_PODS_METRIC,
          FAILED_GET_OBJECT_METRIC,
          FAILED_GET_EXTERNAL_METRIC,
          FAILED_GET_PROMETHEUS_METRIC,
          FAILED_GET_POD_SCRAPE_METRIC,
          INVALID_METRIC_SOURCE_TYPE ->
          State.FAILING;
      case TOO_MANY_REPLICAS,
          SCALE_UP_LIMIT,
          NODE_GROUP_AT_MAX,
          NODE_GROUP_BACKOFF,
          QUOTA_EXCEEDED ->
          State.LIMITED;
      case SCALE_DOWN_STABILIZED,
          SCALE_UP_STABILIZED,
          SCALING_DISABLED,
          PAUSED,
          TOO_FEW_REPLICAS,
          SCALE_DOWN_LIMIT ->
          State.HELD;
      case SUCCEEDED_GET_SCALE,
          READY_FOR_NEW_SCALE,
          SUCCEEDED_RESCALE,
          PANIC,
          VALID_METRIC_FOUND,
          DESIRED_WITHIN_RANGE,
          SCALED_TO_ZERO,
          NOT_SCALED_TO_ZERO ->
          State.HOLDING;
    };
  }

  private Fields row(ReplicaDecision decision) {
    State state = state(decision);
    return Fields.object()
        .put("namespace", decision.scaler().namespace())
        .put("name", decision.scaler().name())
        .put("target", decision.target().toString())
        .put("state", state.key)
        .put("title", title(decision, state))
        .put(
            "tags",
            Sentences.tags(
                "ns",
                decision.scaler().namespace(),
                "rule",
                decision.verdict().limitedBy(),
                "state",
                state.key))
        .put("current", decision.size().current())
        .put("desired", decision.size().desired())
        .list("metrics", decision.metrics(), ReplicaSection::metric)
        .put("limitedBy", decision.verdict().limitedBy())
        .put("message", decision.verdict().reason())
        .list(
            "history",
            history.getOrDefault(decision.scaler().toString(), List.of()),
            point -> Fields.object().put("at", point.at()).put("replicas", point.replicas()));
  }

  private static String title(ReplicaDecision decision, State state) {
    String limit = decision.verdict().limitedBy();
    if (limit != null) {
      return limit;
    }
    if (state == State.MOVING) {
      return decision.size().desired() > decision.size().current() ? "Up" : "Down";
    }
    return state.title;
  }

  private static Fields metric(MetricProposal metric) {
    Fields fields =
        Fields.object()
            .put("type", metric.type())
            .put("name", metric.name())
            .put("current", metric.current())
            .put("target", metric.target())
            .put("error", metric.error());
    Integer proposal = metric.proposal();
    return proposal == null ? fields : fields.put("proposal", proposal);
  }
}
