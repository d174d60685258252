package dev.windlass.simulations.feed;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.InformerClusterObserver;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.daemon.kubernetes.MetricsFetcher;
import dev.windlass.daemon.kubernetes.OtherAutoscalers;
import dev.windlass.engine.WakeUp;
import dev.windlass.provider.spi.CallBudget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The daemon's informers on a {@link FeedServer}, without clouds and metrics. */
final class FedObserver implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  final List<String> failures = new CopyOnWriteArrayList<>();
  private final KubernetesClient client;
  private final ClusterStores stores;
  private final InformerClusterObserver observer;

  FedObserver(URI server, InstantSource clock) {
    this(server, clock, Duration.ofMinutes(2));
  }

  /** The same with watches that may say nothing for no longer than this. */
  FedObserver(URI server, InstantSource clock, Duration silence) {
    this(
        new ConfigBuilder(Config.empty()).withMasterUrl(server.toString()).build(), clock, silence);
  }

  /** The same of a cluster that asks who is there. */
  FedObserver(Config config, InstantSource clock, Duration silence) {
    client = KubernetesClients.of(config);
    stores =
        new ClusterStores(
            client, InstanceCatalogue.EMPTY, List.of(), silence, new WakeUp(), failures::add);
    ProviderRegistry none = ProviderRegistry.discover(Map.of(), CallBudget.UNLIMITED);
    observer =
        new InformerClusterObserver(
            stores,
            new CloudCache(none, stores::nodeGroups, clock, () -> {}, failures::add),
            new MetricsFetcher(client, stores, clock, failures::add),
            () -> Policy.DEFAULT,
            clock,
            () -> OtherAutoscalers.NONE);
  }

  /** The cluster, once every first list has been read. */
  ClusterSnapshot first(Duration patience) {
    await("all is read", patience, () -> observer.unsynced().isEmpty());
    return observer.observe();
  }

  ClusterSnapshot now() {
    return observer.observe();
  }

  void await(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not in " + patience + ": " + what + "; " + observer.unsynced() + " " + failures);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void close() {
    stores.close();
    client.close();
  }
}
