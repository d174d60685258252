package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.ClusterSnapshot.Scaling;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.InformerClusterObserver;
import dev.windlass.daemon.kubernetes.MetricsFetcher;
import dev.windlass.daemon.kubernetes.OtherAutoscalers;
import dev.windlass.engine.WakeUp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One source hangs, another answers: each metric has its own fate and its own pace. */
class MetricSourcesApartIT {
  private static final MetricKey HANGS = key("hangs");
  private static final MetricKey ANSWERS = key("answers");
  private static final MetricKey SHARES = key("shares");
  private static final String SEVEN =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}";

  private final TestCluster cluster = new TestCluster();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock = InstantSource.system();
  private HttpServer server;
  private ClusterStores stores;
  private MetricsFetcher fetcher;
  private InformerClusterObserver observer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/api/v1/query",
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getRawQuery().endsWith("=never")) {
              awaitEnd();
            }
            asked.incrementAndGet();
            byte[] body = SEVEN.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    scaler("hangs", "never", "2s");
    scaler("answers", "seven", "1s");
    scaler("shares", "seven", "15s");
    stores = new ClusterStores(cluster.daemon, InstanceCatalogue.EMPTY, new WakeUp(), _ -> {});
    fetcher =
        new MetricsFetcher(cluster.daemon, stores, List.of("127.0.0.1"), clock, _ -> {}, () -> {});
    observer =
        new InformerClusterObserver(
            stores,
            new CloudCache(TestCluster.clouds(), stores::nodeGroups, clock, () -> {}, _ -> {}),
            fetcher,
            () -> Policy.DEFAULT,
            clock,
            () -> OtherAutoscalers.NONE);
    TestCluster.await("the first lists are read", () -> observer.unsynced().isEmpty());
  }

  @AfterEach
  void close() {
    ended.countDown();
    fetcher.close();
    stores.close();
    server.stop(0);
    threads.shutdownNow();
    cluster.close();
  }

  @Test
  void aSourceThatHangsFailsForItsOwnMetricWithinItsOwnTime() {
    fetcher.start(Duration.ofSeconds(15));
    TestCluster.await("the others have answers", () -> reading(SHARES) != null);

    assertThat(reading(HANGS)).as("not even waited for").isNull();
    assertThat(reading(ANSWERS)).isEqualTo(new MetricReading.Values(List.of(7_000L)));
    assertThat(reading(SHARES)).isEqualTo(new MetricReading.Values(List.of(7_000L)));
    TestCluster.await("the silent one fails", () -> reading(HANGS) != null);
    assertThat(reading(HANGS))
        .isInstanceOfSatisfying(
            MetricReading.Failure.class,
            failure -> assertThat(failure.message()).startsWith("TimedOut"));
  }

  /** Two scalers ask it, one each second: so it is asked once each second. */
  @Test
  void aSharedQuestionIsAskedOnceInTheShortestTick() {
    long begin = System.nanoTime();
    fetcher.start(Duration.ofSeconds(15));
    TestCluster.await("it was asked three times", () -> asked.get() >= 3);
    double seconds = (System.nanoTime() - begin) / 1e9;

    assertThat(seconds).as("at 0, 1 and 2 seconds").isGreaterThan(1.5);
  }

  private @Nullable MetricReading reading(MetricKey key) {
    Scaling scaling = observer.observe().scaling();
    return scaling.readings().get(key);
  }

  private void scaler(String name, String query, String tick) {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: %1$s, namespace: default}
        spec:
          scaleTargetRef: {kind: Deployment, name: %1$s}
          maxReplicas: 9
          tick: %3$s
          metrics:
            - type: Prometheus
              prometheus:
                name: load
                serverAddress: http://127.0.0.1:%4$d
                query: %2$s
                timeout: 3s
                target: {type: AverageValue, averageValue: 1}
        """
            .formatted(name, query, tick, server.getAddress().getPort()));
  }

  private static MetricKey key(String scaler) {
    return new MetricKey(new ObjectKey("default", scaler), 0);
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
