package dev.windlass.daemon.dashboard;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.Source;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.daemon.dashboard.CapacityIndex.Total;
import dev.windlass.engine.Tick;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The page's document: a pure function of the history. The same history gives the same bytes; what
 * the plans don't say is left out.
 */
final class DashboardState {
  private final HistoryView view;
  private final Tick tick;
  private final Decision decision;
  private final CapacityIndex capacity;

  private DashboardState(HistoryView view) {
    this.view = view;
    tick = view.tick();
    decision = tick.decision();
    capacity = CapacityIndex.of(tick.snapshot().capacity());
  }

  /** The document {@code kind: Dashboard}. */
  static Answer of(HistoryView view) {
    return Answer.json(new DashboardState(view).document().node());
  }

  private Fields document() {
    Fields document =
        Fields.document("Dashboard")
            .put("id", tick.number())
            .put("at", decision.at())
            .put("cluster", view.facts().cluster())
            .put("version", view.facts().version())
            .put("mode", view.facts().mode().title())
            .put("leader", view.facts().leader())
            .put("decideMillis", tick.took().decide().toMillis())
            .put("verdict", Verdict.of(tick))
            .list("sources", List.of(Source.values()), this::source)
            .put("pending", PendingSection.of(tick));
    new GpuSection(view).write(document);
    document.put("nodeGroups", rows(new NodeGroupSection(tick, capacity).rows()));
    ScaleDownSection scaleDown = new ScaleDownSection(decision.plans().scaleDown(), capacity);
    scaleDown.write(document);
    new ReplicaSection(view).write(document);
    return document
        .put("hourlyCost", cost(scaleDown))
        .list("deferred", decision.deferred(), DashboardState::deferred)
        .list("series", view.series(), DashboardState::point);
  }

  private static ArrayNode rows(List<Fields> rows) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> array.add(row.node()));
    return array;
  }

  private Fields source(Source source) {
    Instant observedAt = tick.snapshot().observedAt().get(source);
    long limit = view.facts().staleness().limit(source).toSeconds();
    boolean stale = observedAt == null || observedAt.plusSeconds(limit).isBefore(decision.at());
    return Fields.object()
        .put("name", Sentences.name(source))
        .put("observedAt", observedAt)
        .put("limitSeconds", limit)
        .put("stale", stale)
        .strings("blocks", stale ? List.of(Sentences.blocked(source)) : List.of());
  }

  private Fields cost(ScaleDownSection scaleDown) {
    Total before = capacity.cost();
    Total after = before;
    for (GroupIncrease increase : decision.plans().scaleUp().increases()) {
      after = after.plus(increase.hourlyCost());
    }
    for (Removal removal : decision.plans().scaleDown().removals()) {
      after = after.minus(removal.hourlySaving());
    }
    return Fields.object()
        .put("before", before.shown())
        .put("after", after.shown())
        .put("held", scaleDown.held().shown())
        .put("nodesWithoutPrice", before.unknown());
  }

  private static Fields deferred(Decision.Deferred deferred) {
    return Fields.object().put("what", deferred.what()).put("why", deferred.why());
  }

  private static Fields point(SeriesPoint point) {
    return Fields.object()
        .put("at", point.at())
        .put("need", point.pods().needYou())
        .put("wait", point.pods().waiting())
        .put("come", point.pods().nodeComing())
        .put("cost", point.cost());
  }
}
