package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.decode.ClaimedDevices;
import dev.windlass.daemon.resource.DriverTemplates;
import dev.windlass.engine.ClusterObserver;
import dev.windlass.engine.ObservationFailedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The world from memory: what the informers have decoded, what the clouds and the metrics sources
 * answered last. A part that has not changed costs nothing.
 */
public final class InformerClusterObserver implements ClusterObserver {
  private final ClusterStores stores;
  private final CloudCache clouds;
  private final MetricsFetcher metrics;
  private final Supplier<Policy> policy;
  private final InstantSource clock;
  private final Supplier<OtherAutoscalers> others;
  private volatile @Nullable ClusterSnapshot latest;
  private volatile Map<NodeGroupName, String> managedElsewhere = Map.of();
  private volatile Map<NodeGroupName, List<TemplateDrift>> drifts = Map.of();
  private final SampleNodes samples = new SampleNodes();
  private @Nullable Instant watchedAt;

  /** An observer of these sources. */
  public InformerClusterObserver(
      ClusterStores stores,
      CloudCache clouds,
      MetricsFetcher metrics,
      Supplier<Policy> policy,
      InstantSource clock,
      Supplier<OtherAutoscalers> others) {
    this.stores = stores;
    this.clouds = clouds;
    this.metrics = metrics;
    this.policy = policy;
    this.clock = clock;
    this.others = others;
  }

  @Override
  public ClusterSnapshot observe() {
    List<String> missing = stores.unsynced();
    if (!missing.isEmpty()) {
      throw new ObservationFailedException("waiting for the first list of " + missing);
    }
    Instant now = clock.instant();
    Instant heardAt = stores.silence().map(now::minus).orElse(watchedAt == null ? now : watchedAt);
    watchedAt = heardAt;
    CapacityAssembly.Assembled capacity =
        CapacityAssembly.assemble(
            stores.nodeGroups(),
            stores.nodes(),
            new CapacityAssembly.Clouds(clouds.views(), clouds.drainFailures()),
            new CapacityAssembly.Age(now, policy.get().staleness().cloud()),
            others.get(),
            samples);
    managedElsewhere = capacity.managedElsewhere();
    drifts = capacity.drifts();
    Storage storage = stores.storage().storage();
    MetricReadings readings = metrics.latest();
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            workloads(storage),
            DriverTemplates.complete(capacity.capacity(), storage),
            scaling(readings),
            new ClusterSnapshot.Gpu(
                stores.gpu().stacks().decoded(),
                stores.gpu().nodes().decoded(),
                stores.failedGpuMachines()),
            Map.of(
                Source.KUBERNETES,
                heardAt,
                Source.CLOUD,
                capacity.cloudsAt(),
                Source.METRICS,
                readings.at() == null ? now : readings.at()));
    latest = snapshot;
    return snapshot;
  }

  /** The snapshot that was observed last, if any was. */
  public Optional<ClusterSnapshot> latest() {
    return Optional.ofNullable(latest);
  }

  /** The node groups that another autoscaler scales, each with a sentence that says so. */
  public Map<NodeGroupName, String> managedElsewhere() {
    return managedElsewhere;
  }

  /** The node groups whose nodes are not as their templates describe them. */
  public Map<NodeGroupName, List<TemplateDrift>> drifts() {
    return drifts;
  }

  /** The kinds whose first list has not been read to its end. */
  public List<String> unsynced() {
    return stores.unsynced();
  }

  private ClusterSnapshot.Workloads workloads(Storage storage) {
    Map<String, Map<String, String>> labels = new HashMap<>();
    stores.namespaces().forEach(each -> labels.put(each.getKey(), each.getValue()));
    ClaimedDevices devices = stores.devices();
    return new ClusterSnapshot.Workloads(
        devices.pods(stores.pods()),
        stores.podGroups(),
        stores.daemonSets(),
        stores.budgets(),
        labels,
        storage,
        devices.devices());
  }

  private ClusterSnapshot.Scaling scaling(MetricReadings readings) {
    List<ReplicaScaler> scalers = stores.scalers();
    Map<TargetRef, ScaleTarget> targets = new HashMap<>();
    List<HorizontalPodAutoscaler> others = stores.otherScalers();
    Stream.concat(
            scalers.stream().map(ReplicaScaler::target),
            others.stream().map(HorizontalPodAutoscaler::target))
        .forEach(ref -> stores.target(ref).ifPresent(target -> targets.put(target.ref(), target)));
    return new ClusterSnapshot.Scaling(scalers, targets, readings.readings(), others);
  }
}
