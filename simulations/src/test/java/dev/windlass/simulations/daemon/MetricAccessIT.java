package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ReplicaScaler can reach through the daemon, under the daemon's own rights. */
class MetricAccessIT {
  private static final String TOKEN = "d29yZA=="; // word
  private static final ObjectKey WEB = new ObjectKey("shop", "web");

  private final TestCluster cluster = new TestCluster();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final CloudCache clouds =
      new CloudCache(TestCluster.clouds(), List::of, InstantSource.system(), () -> {}, _ -> {});
  private HttpServer server;
  private ClusterStores stores;
  private MetricsFetcher fetcher;
  private InformerClusterObserver observer;

  @BeforeEach
  void observe() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI().getPath()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          String body =
              exchange.getRequestURI().getPath().equals("/metrics")
                  ? "depth 3\n"
                  : "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}";
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.start();
    cluster.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: bank}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: pause}]}
        """);
    InstantSource clock = InstantSource.system();
    stores = new ClusterStores(cluster.daemon, InstanceCatalogue.EMPTY, new WakeUp(), _ -> {});
    fetcher =
        new MetricsFetcher(cluster.daemon, stores, List.of("127.0.0.1"), clock, _ -> {}, () -> {});
    observer =
        new InformerClusterObserver(
            stores, clouds, fetcher, () -> Policy.DEFAULT, clock, () -> OtherAutoscalers.NONE);
    TestCluster.await("the first lists are read", () -> observer.unsynced().isEmpty());
    fetcher.start(Duration.ofMillis(50));
  }

  @AfterEach
  void close() {
    fetcher.close();
    stores.close();
    server.stop(0);
    cluster.close();
  }

  @Test
  void readsASecretOnlyWhenARoleOfItsNamespaceGrantsJustThatOne() {
    createSecret("shop", "reader");
    createSecret("shop", "other");
    createSecret("bank", "reader");
    createPrometheusScaler(WEB, "reader");
    awaitFailure(WEB, "SecretUnusable");
    assertThat(requests).isEmpty();

    grant("bank", "reader");
    grant("shop", "other");
    ObjectKey late = new ObjectKey("shop", "late");
    createPrometheusScaler(late, "reader");
    awaitFailure(late, "SecretUnusable");
    assertThat(requests).isEmpty();

    grant("shop", "reader");
    TestCluster.await(
        "the granted one is used", () -> reading(WEB) instanceof MetricReading.Values);
    assertThat(requests).isNotEmpty().containsOnly("/api/v1/query Bearer word");
  }

  @Test
  void scrapesThePodsOfItsOwnNamespaceThatItsTargetSelects() {
    createPod("shop", "web-1", "web", "127.0.0.1");
    createPod("shop", "db-1", "db", "127.0.0.1");
    createPod("bank", "web-2", "web", "127.0.0.1");
    createScrapingScaler();

    TestCluster.await("it is scraped", () -> reading(WEB) instanceof MetricReading.PodSamples);
    assertThat(((MetricReading.PodSamples) reading(WEB)).samples())
        .extracting(MetricReading.PodSample::pod)
        .containsExactly("web-1");
  }

  @Test
  void asksNoPodWhoseAddressIsLinkLocal() {
    createPod("shop", "web-1", "web", "169.254.169.254");
    createScrapingScaler();

    awaitFailure(WEB, "AddressRefused");
    assertThat(requests).isEmpty();
  }

  private @Nullable MetricReading reading(ObjectKey scaler) {
    ClusterSnapshot snapshot = observer.observe();
    return snapshot.scaling().readings().get(new MetricKey(scaler, 0));
  }

  private void awaitFailure(ObjectKey scaler, String word) {
    TestCluster.await(
        "it fails with " + word,
        () ->
            reading(scaler) instanceof MetricReading.Failure failure
                && failure.message().startsWith(word));
  }

  private void createSecret(String namespace, String name) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s, namespace: %s}
        data: {token: %s}
        """
            .formatted(name, namespace, TOKEN));
  }

  private void grant(String namespace, String secret) {
    cluster.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: read-%2$s, namespace: %1$s}
        rules:
        - {apiGroups: [""], resources: [secrets], resourceNames: [%2$s], verbs: [get]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: read-%2$s, namespace: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read-%2$s}
        subjects: [{kind: ServiceAccount, name: windlass, namespace: windlass-system}]
        """
            .formatted(namespace, secret));
  }

  private void createPrometheusScaler(ObjectKey name, String secret) {
    createScaler(
        name,
        """
        type: Prometheus
            prometheus:
              name: depth
              serverAddress: http://127.0.0.1:%d
              query: depth
              secretName: %s
              target: {type: Value, value: "1"}
        """
            .formatted(server.getAddress().getPort(), secret));
  }

  private void createScrapingScaler() {
    createScaler(
        WEB,
        """
        type: PodScrape
            podScrape:
              metric: {name: depth}
              port: %d
              target: {type: AverageValue, averageValue: "1"}
        """
            .formatted(server.getAddress().getPort()));
  }

  private void createScaler(ObjectKey name, String metric) {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: %s, namespace: %s}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 5
          metrics:
          - %s\
        """
            .formatted(name.name(), name.namespace(), metric));
  }

  private void createPod(String namespace, String name, String app, String ip) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: %s, labels: {app: %s}}
        spec: {containers: [{name: main, image: pause}]}
        """
            .formatted(name, namespace, app));
    cluster
        .admin
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .editStatus(pod -> {
          pod.getStatus().setPhase("Running");
          pod.getStatus().setPodIP(ip);
          return pod;
        });
  }
}
