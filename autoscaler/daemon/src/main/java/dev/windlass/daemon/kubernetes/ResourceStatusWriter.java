package dev.windlass.daemon.kubernetes;

import dev.windlass.core.gpu.GpuGroup;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.cloud.CloudStanding;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.engine.Tick;
import dev.windlass.engine.TickListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what was decided into the status of NodeGroups, ReplicaScalers and GpuStacks, on a thread
 * of its own and only where it is news. A slow API server makes it skip ticks, never the loop wait;
 * what could not be written is written with a later tick.
 */
public final class ResourceStatusWriter implements TickListener, AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final Supplier<Map<NodeGroupName, String>> managedElsewhere;
  private final Supplier<Map<NodeGroupName, List<TemplateDrift>>> drifts;
  private final Function<NodeGroupName, Optional<CloudStanding>> clouds;
  private final Consumer<String> log;
  private final BlockingQueue<Tick> newest = new ArrayBlockingQueue<>(1);
  private final Thread thread;

  /**
   * Begins to wait for ticks.
   *
   * @param managedElsewhere the node groups that another autoscaler scales, and a sentence on it
   * @param drifts the node groups whose nodes are not as described, and in what
   * @param clouds what a group's cloud last said of it
   * @param log is told what was not written
   */
  public ResourceStatusWriter(
      KubernetesClient client,
      ClusterStores stores,
      Supplier<Map<NodeGroupName, String>> managedElsewhere,
      Supplier<Map<NodeGroupName, List<TemplateDrift>>> drifts,
      Function<NodeGroupName, Optional<CloudStanding>> clouds,
      Consumer<String> log) {
    this.clouds = clouds;
    this.client = client;
    this.stores = stores;
    this.managedElsewhere = managedElsewhere;
    this.drifts = drifts;
    this.log = log;
    thread = Thread.ofVirtual().name("status-writer").start(this::run);
  }

  @Override
  public void ticked(Tick tick) {
    newest.clear();
    newest.offer(tick);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        write(newest());
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException failure) {
        log.accept("status was not written: " + failure);
      }
    }
  }

  /** The last of the ticks that follow each other; orders are journalled in the meantime. */
  private Tick newest() throws InterruptedException {
    Tick first = newest.take();
    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    Tick later = newest.poll();
    return later == null ? first : later;
  }

  private void write(Tick tick) {
    nodeGroups(tick);
    scalers(tick);
    gpuStacks(tick);
  }

  private void nodeGroups(Tick tick) {
    ClusterSnapshot.Capacity capacity = tick.snapshot().capacity();
    Map<NodeGroupName, NodeGroup> groups = new HashMap<>();
    capacity.groups().forEach(each -> groups.put(each.name(), each));
    Map<NodeGroupName, GpuGroup> gpu = new HashMap<>();
    tick.decision().plans().gpu().groups().forEach(each -> gpu.put(each.name(), each));
    Membership members = Membership.of(capacity);
    Map<String, String> problems = stores.nodeGroupStore().problems();
    try (Stream<NodeGroupResource> all = stores.nodeGroupStore().values()) {
      all.forEach(resource -> {
        NodeGroupName name = new NodeGroupName(resource.getMetadata().getName());
        NodeGroupStatuses.Known known =
            new NodeGroupStatuses.Known(
                groups.get(name),
                problems.getOrDefault(name.value(), ""),
                managedElsewhere.get().getOrDefault(name, ""),
                members.count(name),
                members.countReady(name),
                clouds.apply(name).orElse(null),
                drifts.get().getOrDefault(name, List.of()),
                gpu.get(name));
        patch(resource, NodeGroupStatuses.patch(resource, known, at(tick)));
      });
    }
  }

  private void scalers(Tick tick) {
    Map<String, ReplicaDecision> decisions = new HashMap<>();
    tick.decision()
        .plans()
        .replicas()
        .decisions()
        .forEach(each -> decisions.put(each.scaler().toString(), each));
    Map<String, String> problems = stores.scalerStore().problems();
    try (Stream<ReplicaScalerResource> all = stores.scalerStore().values()) {
      all.forEach(resource -> {
        String key = stores.scalerStore().getKey(resource);
        patch(
            resource,
            ReplicaScalerStatuses.patch(
                resource, decisions.get(key), problems.getOrDefault(key, ""), at(tick)));
      });
    }
  }

  private void gpuStacks(Tick tick) {
    Map<String, String> problems = stores.gpu().stacks().problems();
    try (Stream<GpuStackResource> all = stores.gpu().stacks().values()) {
      all.forEach(resource -> {
        String name = resource.getMetadata().getName();
        patch(
            resource,
            GpuStackStatuses.patch(
                resource,
                tick.decision().plans().gpu(),
                problems.getOrDefault(name, ""),
                at(tick)));
      });
    }
  }

  private static Instant at(Tick tick) {
    return tick.decision().at();
  }

  private void patch(HasMetadata seen, Optional<Map<String, Object>> fields) {
    if (fields.isEmpty()) {
      return;
    }
    String patch =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "metadata",
                    Map.of("uid", seen.getMetadata().getUid()),
                    "status",
                    fields.get()));
    try {
      client
          .resource(seen)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != ApiAnswers.NOT_FOUND && failure.getCode() != ApiAnswers.CONFLICT) {
        log.accept(
            "status of "
                + seen.getKind()
                + " "
                + seen.getMetadata().getName()
                + " was not written: "
                + failure.getMessage());
      }
    }
  }
}
