package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.Price;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.dashboard.NodeGroupSection.Row;
import dev.windlass.engine.Tick;
import dev.windlass.engine.TickListener;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the newest decision says of the fleet, as gauges: made when they are scraped, and only by
 * the process that decides, so that a sum over all processes is right. Labels are node groups,
 * states and reasons, never names of pods, nodes or scalers.
 */
public final class FleetMetrics implements TickListener, MultiCollector {
  private static final String NODE_GROUP = "node_group";

  private final BooleanSupplier leading;
  private volatile @Nullable Tick latest;

  /** Gauges that are there while this process decides. */
  public FleetMetrics(BooleanSupplier leading) {
    this.leading = leading;
  }

  @Override
  public void ticked(Tick tick) {
    latest = tick;
  }

  @Override
  public MetricSnapshots collect() {
    boolean leads = leading.getAsBoolean();
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(
        gauge("windlass_leading", "Whether this process decides")
            .dataPoint(point(Labels.EMPTY, leads ? 1 : 0))
            .build());
    Tick tick = latest;
    if (leads && tick != null) {
      CapacityIndex capacity = CapacityIndex.of(tick.snapshot().capacity());
      NodeGroupSection groups = new NodeGroupSection(tick, capacity);
      all.addAll(groups(groups.rows()));
      all.add(cost(groups));
      all.add(pending(tick));
      all.add(gpu(tick.decision().plans().gpu().machines()));
      all.addAll(scalers(tick.decision().plans().replicas().decisions()));
    }
    return new MetricSnapshots(all);
  }

  private static List<MetricSnapshot> groups(List<Row> rows) {
    GaugeSnapshot.Builder nodes = gauge("windlass_nodes", "Nodes of a group by state");
    GaugeSnapshot.Builder min = gauge("windlass_node_group_min_nodes", "A group's least size");
    GaugeSnapshot.Builder max = gauge("windlass_node_group_max_nodes", "A group's largest size");
    for (Row row : rows) {
      String name = row.group().name().value();
      nodes.dataPoint(point(state(name, "ready"), row.sizes().ready()));
      nodes.dataPoint(point(state(name, "coming"), row.sizes().coming()));
      nodes.dataPoint(point(state(name, "leaving"), row.sizes().leaving()));
      nodes.dataPoint(point(state(name, "failed"), row.sizes().failed()));
      min.dataPoint(point(Labels.of(NODE_GROUP, name), row.group().size().min()));
      max.dataPoint(point(Labels.of(NODE_GROUP, name), row.group().size().max()));
    }
    return List.of(nodes.build(), min.build(), max.build());
  }

  private static Labels state(String group, String state) {
    return Labels.of(NODE_GROUP, group, "state", state);
  }

  /** Groups of which no price is known are left out. */
  private static MetricSnapshot cost(NodeGroupSection groups) {
    GaugeSnapshot.Builder cost =
        gauge(
            "windlass_cost_usd_per_hour", "What a group's machines cost an hour, as far as known");
    for (Row row : groups.rows()) {
      Price price = groups.cost(row.group().name()).shown();
      if (price.known()) {
        Labels labels = Labels.of(NODE_GROUP, row.group().name().value());
        cost.dataPoint(point(labels, price.usdPerHour()));
      }
    }
    return cost.build();
  }

  private static MetricSnapshot pending(Tick tick) {
    Map<Labels, Integer> counts = new TreeMap<>();
    for (PendingGroup group : PendingGroups.of(tick)) {
      String outcome = group.kind().outcome().name().toLowerCase(Locale.ROOT);
      Labels labels = Labels.of("outcome", outcome, "reason", group.kind().rule());
      counts.merge(labels, group.pods().size(), Integer::sum);
    }
    return counted("windlass_pods_pending", "Pending pods by the reason that is shown", counts);
  }

  private static MetricSnapshot gpu(List<GpuPlan.Machine> machines) {
    Map<Labels, Integer> counts = new TreeMap<>();
    for (GpuPlan.Machine machine : machines) {
      String phase = machine.progress().phase().title();
      Labels labels = Labels.of(NODE_GROUP, machine.nodeGroup().value(), "phase", phase);
      counts.merge(labels, 1, Integer::sum);
    }
    return counted("windlass_gpu_machines", "GPU machines by phase", counts);
  }

  private static List<MetricSnapshot> scalers(List<ReplicaDecision> decisions) {
    Map<Labels, Integer> states = new TreeMap<>();
    long current = 0;
    long desired = 0;
    for (ReplicaDecision decision : decisions) {
      String state = ReplicaSection.state(decision).name().toLowerCase(Locale.ROOT);
      states.merge(Labels.of("state", state), 1, Integer::sum);
      current += decision.size().current();
      desired += decision.size().desired();
    }
    return List.of(
        counted("windlass_replica_scalers", "Replica scalers by state", states),
        gauge("windlass_replicas", "Replicas of all scalers' targets")
            .dataPoint(point(Labels.of("size", "current"), (double) current))
            .dataPoint(point(Labels.of("size", "desired"), (double) desired))
            .build());
  }

  private static MetricSnapshot counted(String name, String help, Map<Labels, Integer> counts) {
    GaugeSnapshot.Builder gauge = gauge(name, help);
    counts.forEach((labels, count) -> gauge.dataPoint(point(labels, count)));
    return gauge.build();
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
