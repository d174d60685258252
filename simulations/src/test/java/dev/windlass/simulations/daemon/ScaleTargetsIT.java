package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import dev.windlass.core.action.Action;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CloudActionPort;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.InformerClusterObserver;
import dev.windlass.daemon.kubernetes.KubernetesActionPort;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.daemon.kubernetes.MetricsFetcher;
import dev.windlass.daemon.kubernetes.NodeGroupJournal;
import dev.windlass.daemon.kubernetes.OtherAutoscalers;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kind of somebody else's, scaled with the rights that the chart gives for it. */
class ScaleTargetsIT {
  private static final Path CHART = Path.of("..", "deploy", "chart");
  private static final String ROLLOUT = "argoproj.io/v1alpha1/Rollout";
  private static final ObjectKey WEB = new ObjectKey("default", "web");
  private static final TargetRef TARGET = new TargetRef("argoproj.io/v1alpha1", "Rollout", WEB);

  private final TestCluster cluster = new TestCluster();
  private final InstantSource clock = InstantSource.system();
  private final ProviderRegistry providers = TestCluster.clouds();
  private final CloudCache clouds = new CloudCache(providers, List::of, clock, () -> {}, _ -> {});

  @BeforeEach
  void createWorkload() {
    cluster.apply(
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: rollouts.argoproj.io}
        spec:
          group: argoproj.io
          scope: Namespaced
          names: {kind: Rollout, plural: rollouts, singular: rollout, listKind: RolloutList}
          versions:
          - name: v1alpha1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
        """);
    cluster.apply(
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: web, namespace: default}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: pause, resources: {requests: {cpu: "2"}}}]}
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: web, namespace: default}
        spec:
          scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}
          maxReplicas: 5
        """);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void listedKindIsSeenAndScaledWithTheChartsRights() {
    cluster.admin.resource(chartsRole()).update();
    try (ClusterStores stores = stores(List.of(ROLLOUT))) {
      ScaleTarget target = targets(stores).get(TARGET);

      assertThat(target.specReplicas()).isEqualTo(3);
      assertThat(target.selector().matches(Map.of("app", "web"))).isTrue();
      assertThat(target.template().labels()).containsEntry("app", "web");

      Action.ScaleWorkload scale =
          new Action.ScaleWorkload(WEB, TARGET, target.identity(), 3, 5, "cpu");
      assertThat(port().apply(scale)).isInstanceOf(ActionOutcome.Applied.class);
      TestCluster.await(
          "the new size is seen", () -> targets(stores).get(TARGET).specReplicas() == 5);
    }
  }

  @Test
  void otherKindsAreNoTargetsAndTheDaemonHasNoRightOnThem() {
    try (ClusterStores stores = stores(List.of())) {
      assertThat(targets(stores)).isEmpty();

      String uid =
          cluster
              .admin
              .genericKubernetesResources("argoproj.io/v1alpha1", "Rollout")
              .inNamespace("default")
              .withName("web")
              .get()
              .getMetadata()
              .getUid();
      Action.ScaleWorkload scale =
          new Action.ScaleWorkload(
              WEB, TARGET, new dev.windlass.core.model.Identity(uid, ""), 3, 5, "cpu");
      assertThat(port().apply(scale)).isInstanceOf(ActionOutcome.Failed.class);
    }
  }

  @Test
  void listedKindThatTheClusterLacksStopsNothing() {
    try (ClusterStores stores = stores(List.of("example.org/v1/Nothing"))) {
      assertThat(targets(stores)).isEmpty();
    }
  }

  private ClusterStores stores(List<String> kinds) {
    return new ClusterStores(
        cluster.daemon,
        InstanceCatalogue.EMPTY,
        kinds,
        Duration.ofMinutes(1),
        new WakeUp(),
        _ -> {});
  }

  private Map<TargetRef, ScaleTarget> targets(ClusterStores stores) {
    InformerClusterObserver observer =
        new InformerClusterObserver(
            stores,
            clouds,
            new MetricsFetcher(cluster.daemon, stores, clock, _ -> {}),
            () -> Policy.DEFAULT,
            clock,
            () -> OtherAutoscalers.NONE);
    TestCluster.await("the first lists are read", () -> observer.unsynced().isEmpty());
    return observer.observe().scaling().targets();
  }

  private KubernetesActionPort port() {
    NodeGroupJournal journal = new NodeGroupJournal(cluster.daemon, () -> 1, clock);
    return new KubernetesActionPort(
        cluster.daemon, new CloudActionPort(providers, _ -> Optional.empty(), clouds, journal));
  }

  private static HasMetadata chartsRole() {
    String rendered =
        new Helm(CHART)
            .template()
            .withName("windlass")
            .withNamespace("windlass-system")
            .withKubeVersion("1.33.0")
            .set("scaleTargets[0]", ROLLOUT)
            .call();
    try (KubernetesClient offline = KubernetesClients.of(Config.empty())) {
      return offline
          .load(new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)))
          .items()
          .stream()
          .filter(ClusterRole.class::isInstance)
          .filter(role -> role.getMetadata().getName().equals("windlass"))
          .findFirst()
          .orElseThrow();
    }
  }
}
