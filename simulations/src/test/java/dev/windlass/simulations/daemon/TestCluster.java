package dev.windlass.simulations.daemon;

import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.simulations.apiserver.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An embedded API server with our definitions and rights, and clients of it. */
final class TestCluster implements AutoCloseable {
  private static final String ADMIN = "admin-token";
  private static final String DAEMON = "daemon-token";
  private static final Path RIGHTS = Path.of("..", "deploy", "rbac");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedApiServer server =
      EmbeddedApiServer.builder()
          .user(ADMIN, "admin", "system:masters")
          .user(
              DAEMON,
              "system:serviceaccount:windlass-system:windlass",
              "system:serviceaccounts",
              "system:authenticated")
          .build()
          .start();
  final KubernetesClient admin = client(ADMIN);

  /** The daemon's own identity: its ClusterRole and nothing more. */
  final KubernetesClient daemon = client(DAEMON);

  TestCluster() {
    CustomResourceDefinitions.all().forEach(each -> admin.resource(each).create());
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("windlass-system")
                .endMetadata()
                .build())
        .create();
    rights().forEach(each -> admin.resource(each).create());
  }

  static List<HasMetadata> rights() {
    try (KubernetesClient offline = KubernetesClients.of(Config.empty());
        Stream<Path> files = Files.list(RIGHTS)) {
      List<HasMetadata> rights = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        rights.addAll(offline.load(new ByteArrayInputStream(Files.readAllBytes(file))).items());
      }
      return rights;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The clouds of a daemon that has none. */
  static ProviderRegistry clouds() {
    return ProviderRegistry.discover(Map.of(), CallBudget.UNLIMITED);
  }

  private KubernetesClient client(String token) {
    return KubernetesClients.of(
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri().toString())
            .withOauthToken(token)
            .withNamespace("default")
            .build());
  }

  /** Creates an object from YAML, as a person would. */
  void apply(String yaml) {
    admin
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(each -> admin.resource(each).create());
  }

  /** A ready node of 4 cores. */
  Node createNode(String name) {
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
            .endMetadata()
            .withNewSpec()
            .withProviderID("cloud://" + name)
            .endSpec()
            .withNewStatus()
            .withAllocatable(
                Map.of(
                    "cpu", new Quantity("4"),
                    "memory", new Quantity("16Gi"),
                    "pods", new Quantity("110")))
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("KubeletReady")
            .withLastTransitionTime("2026-01-01T00:00:00Z")
            .withLastHeartbeatTime("2026-01-01T00:00:00Z")
            .endCondition()
            .endStatus()
            .build();
    return admin.resource(node).create();
  }

  /** A pod of half a core; on no node when the node is empty. */
  Pod createPod(String name, String node) {
    return admin
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .addToLabels("app", "web")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node.isEmpty() ? null : node)
                .addNewContainer()
                .withName("main")
                .withImage("registry.k8s.io/pause:3.10")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("1Gi")))
                .endResources()
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  /** Waits until it holds; fails after a minute. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what, interrupted);
      }
    }
  }

  @Override
  public void close() {
    daemon.close();
    admin.close();
    server.close();
  }
}
