package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.InformerClusterObserver;
import dev.windlass.daemon.kubernetes.MetricsFetcher;
import dev.windlass.daemon.kubernetes.OtherAutoscalers;
import dev.windlass.engine.WakeUp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InformerClusterObserverIT {
  private final TestCluster cluster = new TestCluster();
  private final WakeUp wakeUp = new WakeUp();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private ClusterStores stores;
  private InformerClusterObserver observer;

  @BeforeEach
  void observe() {
    cluster.createNode("n1");
    cluster.createPod("bound", "n1");
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: static}
        spec: {minSize: 0, maxSize: 3, nodeSelector: {kubernetes.io/hostname: n1}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: pause}]}
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: web, namespace: default}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 1
          maxReplicas: 5
          metrics:
            - type: Resource
              resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
        """);
    InstantSource clock = InstantSource.system();
    stores = new ClusterStores(cluster.daemon, InstanceCatalogue.EMPTY, wakeUp, failures::add);
    ProviderRegistry providers = TestCluster.clouds();
    observer =
        new InformerClusterObserver(
            stores,
            new CloudCache(providers, stores::nodeGroups, clock, () -> {}, failures::add),
            new MetricsFetcher(cluster.daemon, stores, clock, failures::add),
            () -> Policy.DEFAULT,
            clock,
            () -> OtherAutoscalers.NONE);
    TestCluster.await("the first lists are read", () -> observer.unsynced().isEmpty());
  }

  @AfterEach
  void close() {
    stores.close();
    cluster.close();
  }

  @Test
  void showsWhatIsInTheClusterUnderTheDaemonsOwnRights() {
    ClusterSnapshot snapshot = observer.observe();

    assertThat(failures).isEmpty();
    assertThat(snapshot.capacity().nodes())
        .extracting(node -> node.name().value())
        .containsOnly("n1");
    assertThat(snapshot.workloads().pods())
        .extracting(pod -> pod.key().name())
        .containsOnly("bound");
    assertThat(snapshot.capacity().groups())
        .singleElement()
        .satisfies(group -> assertThat(group.size().target()).isEqualTo(1));
    assertThat(snapshot.scaling().targets().values())
        .singleElement()
        .satisfies(target -> assertThat(target.specReplicas()).isEqualTo(2));
    assertThat(snapshot.workloads().namespaceLabels()).containsKey("default");
    assertThat(snapshot.observedAt()).containsKeys(Source.values());
  }

  @Test
  void seesDevicesAndWhoClaimsThem() {
    cluster.apply(
        """
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: gpu}
        spec: {selectors: [{cel: {expression: "device.driver == 'gpu.example.com'"}}]}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: n1-gpu}
        spec:
          driver: gpu.example.com
          nodeName: n1
          pool: {name: n1, generation: 1, resourceSliceCount: 1}
          devices: [{name: gpu-0}]
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: one, namespace: default}
        spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu, allocationMode: ExactCount, count: 1}}]}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaimTemplate
        metadata: {name: each, namespace: default}
        spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu, allocationMode: All}}]}}}
        """);

    TestCluster.await(
        "they are seen",
        () -> {
          Devices devices = observer.observe().workloads().devices();
          return devices.classes().containsKey("gpu")
              && devices.slices().size() == 1
              && devices.claims().containsKey(new ObjectKey("default", "one"))
              && devices.templates().containsKey(new ObjectKey("default", "each"));
        });
    assertThat(failures).isEmpty();
  }

  @Test
  void showsWhatTheClustersOwnAutoscalersScale() {
    cluster.apply(
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: old, namespace: default}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 9
        """);
    TestCluster.await("it is seen", () -> !observer.observe().scaling().others().isEmpty());

    ClusterSnapshot.Scaling scaling = observer.observe().scaling();
    assertThat(scaling.others().getFirst().target()).isIn(scaling.targets().keySet());
  }

  @Test
  void wakesTheLoopForANewPendingPod() throws InterruptedException {
    while (wakeUp.await(Duration.ofMillis(200))) {
      // what the first lists poked
    }
    cluster.createPod("waiting", "");

    assertThat(wakeUp.await(Duration.ofSeconds(30))).isTrue();
    TestCluster.await(
        "the pod is seen",
        () -> observer.observe().workloads().pods().stream().anyMatch(pod -> pod.isPending()));
  }

  @Test
  void forgetsWhatIsDeletedOrHasEnded() {
    cluster.createPod("brief", "n1");
    TestCluster.await("it is seen", () -> observer.observe().workloads().pods().size() == 2);
    cluster
        .admin
        .pods()
        .inNamespace("default")
        .withName("brief")
        .editStatus(pod -> {
          pod.getStatus().setPhase("Succeeded");
          return pod;
        });

    TestCluster.await("it is gone", () -> observer.observe().workloads().pods().size() == 1);
  }
}
