package dev.windlass.daemon.dashboard;

import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
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
    HOLDING("ok", "On target");

    private final String key;
    private final String title;

    State(String key, String title) {
      this.key = key;
      this.title = title;
    }
  }

  static State state(ReplicaDecision decision) {
    boolean failing = decision.metrics().stream().anyMatch(metric -> metric.error() != null);
    if (failing) {
      return State.FAILING;
    }
    if (decision.verdict().limitedBy() != null) {
      return State.LIMITED;
    }
    return decision.size().current() == decision.size().desired() ? State.HOLDING : State.MOVING;
  }

  private Fields row(ReplicaDecision decision) {
    State state = state(decision);
    return Fields.object()
        .put("namespace", decision.scaler().namespace())
        .put("name", decision.scaler().name())
        .put("target", decision.target().toString())
        .put("state", state.key)
        .put("title", state.title)
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
