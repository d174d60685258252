package dev.windlass.simulations.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client that the daemon uses works against the server over real HTTP. */
class FabricClientIT {
  private static final long BOUND_SECONDS = 30;
  private final EmbeddedApiServer server =
      EmbeddedApiServer.builder()
          .user("root", "root", "system:masters")
          .user("guest", "guest")
          .build()
          .start();
  private final KubernetesClient client = client("root");

  private KubernetesClient client(String token) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri().toString())
            .withOauthToken(token)
            .withNamespace("default")
            .withOnlyHttpWatches(true)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).as("within %d seconds", BOUND_SECONDS).isTrue();
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData("k", value)
        .build();
  }

  @Test
  void informerSeesWhatIsThereAndEachChange() {
    client.configMaps().resource(map("early", "1")).create();
    CopyOnWriteArrayList<String> seen = new CopyOnWriteArrayList<>();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(recorder(seen))) {
      await(() -> seen.contains("add early"));
      client.configMaps().resource(map("late", "1")).create();
      client
          .configMaps()
          .withName("late")
          .edit(m -> new ConfigMapBuilder(m).addToData("k", "2").build());
      client.configMaps().withName("early").delete();
      await(() ->
          seen.contains("add late")
              && seen.contains("update late 2")
              && seen.contains("delete early"));
      assertThat(informer.isWatching()).isTrue();
    }
  }

  private static ResourceEventHandler<ConfigMap> recorder(CopyOnWriteArrayList<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(ConfigMap map) {
        seen.add("add " + map.getMetadata().getName());
      }

      @Override
      public void onUpdate(ConfigMap before, ConfigMap after) {
        seen.add("update " + after.getMetadata().getName() + " " + after.getData().get("k"));
      }

      @Override
      public void onDelete(ConfigMap map, boolean unknown) {
        seen.add("delete " + map.getMetadata().getName());
      }
    };
  }

  @Test
  void leaderElectionPassesTheLeaseOnWhenItIsReleased() {
    CopyOnWriteArrayList<String> leaders = new CopyOnWriteArrayList<>();
    CompletableFuture<?> running = elector("one", leaders).start();
    await(() -> leaders.contains("one"));
    CompletableFuture<?> waiting = elector("two", leaders).start();
    running.cancel(true);
    await(() -> leaders.contains("two"));
    waiting.cancel(true);
  }

  private LeaderElector elector(String name, CopyOnWriteArrayList<String> leaders) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("test")
                .withLock(new LeaseLock("default", "windlass", name))
                .withLeaseDuration(Duration.ofSeconds(10))
                .withRenewDeadline(Duration.ofSeconds(8))
                .withRetryPeriod(Duration.ofMillis(100))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leaders.add(name), () -> {}, _ -> {}))
                .build())
        .build();
  }

  @Test
  void serverSideApplyKeepsOwnersApart() {
    client.resource(map("applied", "1")).fieldManager("one").serverSideApply();

    assertThatThrownBy(
            () -> client.resource(map("applied", "2")).fieldManager("two").serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    ConfigMap forced =
        client.resource(map("applied", "2")).fieldManager("two").forceConflicts().serverSideApply();
    assertThat(forced.getData()).containsEntry("k", "2");
  }

  @Test
  void scalesThroughTheSubresource() {
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .withNewSelector()
            .addToMatchLabels("app", "web")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("example.test/web:1")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client.resource(deployment).create();

    client.apps().deployments().withName("web").scale(5);

    assertThat(client.apps().deployments().withName("web").get().getSpec().getReplicas())
        .isEqualTo(5);
    assertThat(client.apps().deployments().withName("web").scale().getSpec().getReplicas())
        .isEqualTo(5);
  }

  @Test
  void taintsANewNodeUntilItIsReady() {
    Node node = new NodeBuilder().withNewMetadata().withName("n").endMetadata().build();
    client.resource(node).create();
    assertThat(client.nodes().withName("n").get().getSpec().getTaints()).hasSize(1);

    client
        .nodes()
        .withName("n")
        .editStatus(n ->
            new NodeBuilder(n)
                .editOrNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());

    await(() -> client.nodes().withName("n").get().getSpec().getTaints().isEmpty());
  }

  @Test
  void refusesAUserWithoutRoles() {
    try (KubernetesClient guest = client("guest")) {
      assertThatThrownBy(() -> guest.nodes().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 5; i++) {
      client.configMaps().resource(map("page" + i, "1")).create();
    }

    ConfigMapList page =
        client
            .configMaps()
            .inNamespace("default")
            .list(new ListOptionsBuilder().withLimit(2L).build());

    assertThat(page.getItems()).hasSize(2);
    assertThat(page.getMetadata().getContinue()).isNotEmpty();
    assertThat(page.getMetadata().getRemainingItemCount()).isEqualTo(3);
  }
}
