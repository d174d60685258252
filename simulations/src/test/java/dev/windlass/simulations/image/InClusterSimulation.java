package dev.windlass.simulations.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code windlass run} as its users run it: from the image's layers, with the chart's arguments,
 * volumes and ServiceAccount, against a real API server.
 */
class InClusterSimulation {
  private static final String TOKEN = "a-token-for-the-dashboard";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WORKLOAD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: main, image: web, resources: {requests: {cpu: 100m}}}]
      ---
      apiVersion: windlass.dev/v1alpha1
      kind: ReplicaScaler
      metadata: {name: web, namespace: default}
      spec:
        scaleTargetRef: {kind: Deployment, name: web}
        minReplicas: 3
        maxReplicas: 5
      """;

  @TempDir Path folder;

  @Test
  void leadsScalesAndGivesTheLeaseBack() throws Exception {
    Optional<Binaries> binaries = Binaries.find(System.getenv());
    assumeTrue(binaries.isPresent(), Binaries.MISSING);
    assumeTrue(mayMount(), "no container: this user may not make a mount namespace");
    ImageTarball image = ImageTarball.unpacked(Files.createDirectories(folder.resolve("opened")));
    int port = freePort();
    ChartedPod pod = ChartedPod.render(Map.of("http.port", port));
    try (ControlPlane plane =
            ControlPlane.start(
                binaries.get(), Files.createDirectories(folder.resolve("plane")), List.of());
        KubernetesClient administrator = plane.client(ControlPlane.ADMINISTRATOR)) {
      createNamespace(administrator);
      pod.install(administrator);
      administrator
          .load(new ByteArrayInputStream(WORKLOAD.getBytes(StandardCharsets.UTF_8)))
          .items()
          .forEach(each -> administrator.resource(each).create());
      List<Container.Mount> mounts =
          pod.mounts(
              folder.resolve("volumes"),
              Map.of("windlass-token", Map.of("token", TOKEN)),
              identity(plane, administrator));
      try (Container container =
          Container.start(image, pod.arguments(), environment(plane.server()), mounts)) {
        awaitThreeReplicas(administrator, container);
        assertThat(get(port, "readyz")).contains("leading");
        assertThat(get(port, "metrics")).contains("windlass_decide_seconds_count");
        assertThat(container.log()).doesNotContain("orbidden");
        container.terminate();
        assertThat(container.exitStatus()).as(container.log()).isIn(0, 143);
        assertThat(lease(administrator).getSpec().getHolderIdentity()).isNullOrEmpty();
      }
    }
  }

  private static void createNamespace(KubernetesClient administrator) {
    administrator
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(ChartedPod.NAMESPACE)
                .endMetadata()
                .build())
        .create();
  }

  /** What the API server gives a pod of the chart's account. */
  private static Map<String, String> identity(ControlPlane plane, KubernetesClient administrator)
      throws IOException {
    String token =
        administrator
            .serviceAccounts()
            .inNamespace(ChartedPod.NAMESPACE)
            .withName("windlass")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3_600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Path certificate = Path.of(plane.config(ControlPlane.ADMINISTRATOR).getCaCertFile());
    return Map.of(
        "token", token, "namespace", ChartedPod.NAMESPACE, "ca.crt", Files.readString(certificate));
  }

  private static Map<String, String> environment(URI server) {
    return Map.of(
        "KUBERNETES_SERVICE_HOST", server.getHost(),
        "KUBERNETES_SERVICE_PORT", String.valueOf(server.getPort()),
        "LC_ALL", "C.UTF-8");
  }

  private static void awaitThreeReplicas(KubernetesClient administrator, Container container) {
    administrator
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("web")
        .waitUntilCondition(
            it -> {
              assertThat(container.running()).as(container.log()).isTrue();
              return it != null && Integer.valueOf(3).equals(it.getSpec().getReplicas());
            },
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static Lease lease(KubernetesClient administrator) {
    return administrator.leases().inNamespace(ChartedPod.NAMESPACE).withName("windlass").get();
  }

  private static String get(int port, String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                  .header("Authorization", "Bearer " + TOKEN)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean mayMount() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "--mount", "--map-root-user", "true").start().waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
