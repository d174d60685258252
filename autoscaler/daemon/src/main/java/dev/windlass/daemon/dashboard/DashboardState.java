package dev.windlass.daemon.dashboard;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.Source;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.daemon.dashboard.CapacityIndex.Total;
import dev.windlass.engine.Tick;
import java.time.Instant;
import java.util.List;

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
    NodeGroupSection groups = new NodeGroupSection(tick, capacity);
    List<NodeGroupSection.Row> rows = groups.rows();
    document.list("nodeGroups", rows, groups::write);
    ScaleDownSection scaleDown = new ScaleDownSection(decision.plans().scaleDown(), capacity);
    Tiles.Costs costs = new Tiles.Costs(capacity.cost(), after(), scaleDown.held());
    document.put("tiles", new Tiles(view).write(rows, costs));
    scaleDown.write(document);
    new ReplicaSection(view).write(document);
    return document
        .put("hourlyCost", cost(costs))
        .list("deferred", decision.deferred(), DashboardState::deferred)
        .list("series", view.series(), DashboardState::point);
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

  private Total after() {
    Total after = capacity.cost();
    for (GroupIncrease increase : decision.plans().scaleUp().increases()) {
      after = after.plus(increase.hourlyCost());
    }
    for (Removal removal : decision.plans().scaleDown().removals()) {
      after = after.minus(removal.hourlySaving());
    }
    return after;
  }

  private static Fields cost(Tiles.Costs costs) {
    return Fields.object()
        .put("before", costs.before().shown())
        .put("after", costs.after().shown())
        .put("held", costs.held().shown())
        .put("nodesWithoutPrice", costs.before().unknown());
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
