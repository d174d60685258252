package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.kubernetes.OtherAutoscalers;
import dev.windlass.daemon.kubernetes.OtherAutoscalersWatch;
import dev.windlass.daemon.resource.NodeGroupResource;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other autoscalers in an API server, seen with the daemon's own rights. */
class OtherAutoscalersIT {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final DateTimeFormatter GO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z 'UTC'").withZone(ZoneOffset.UTC);
  private static final String KARPENTER =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: nodepools.karpenter.sh}
      spec:
        group: karpenter.sh
        scope: Cluster
        names: {kind: NodePool, listKind: NodePoolList, plural: nodepools, singular: nodepool}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  private final TestCluster cluster = new TestCluster();
  private final List<String> failures = new ArrayList<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  private OtherAutoscalers seen() {
    try (OtherAutoscalersWatch watch =
        new OtherAutoscalersWatch(cluster.daemon, () -> NOW, failures::add)) {
      watch.start(Duration.ofHours(1));
      assertThat(failures).isEmpty();
      return watch.seen();
    }
  }

  @Test
  void seesNoneWhereThereIsNone() {
    assertThat(seen()).isEqualTo(OtherAutoscalers.NONE);
  }

  @Test
  void seesAClusterAutoscalerByItsLeaseWhileItRenewsIt() {
    lease("kube-system", NOW.minusSeconds(10));
    assertThat(seen().clusterAutoscaler()).isEmpty();

    cluster.admin.leases().inNamespace("kube-system").withName("cluster-autoscaler").delete();
    lease("kube-system", NOW.minusSeconds(3_600));
    assertThat(seen().clusterAutoscaler()).isNull();
  }

  @Test
  void readsTheGroupsOfAClusterAutoscalerFromItsStatus() {
    status(
        "kube-system",
        NOW.minusSeconds(10),
        """
        time: 2026-11-22 11:59:50.1 +0000 UTC
        autoscalerStatus: Running
        nodeGroups:
        - name: workers
          health: {status: Healthy}
        - name: https://www.googleapis.com/compute/v1/projects/p/zones/z/instanceGroups/gpus
        """);

    assertThat(seen().clusterAutoscaler())
        .containsExactlyInAnyOrder(
            "workers",
            "https://www.googleapis.com/compute/v1/projects/p/zones/z/instanceGroups/gpus");
  }

  @Test
  void aStatusThatNobodyWritesAnyMoreIsNobodys() {
    status("kube-system", NOW.minusSeconds(3_600), "nodeGroups:\n- name: workers\n");

    assertThat(seen()).isEqualTo(OtherAutoscalers.NONE);
  }

  @Test
  void seesAClusterAutoscalerInWhateverNamespaceItRuns() {
    namespace("scaling");
    namespace("more");
    lease("scaling", NOW.minusSeconds(10));
    assertThat(seen().clusterAutoscaler()).isEmpty();

    status("scaling", NOW.minusSeconds(10), "nodeGroups:\n- name: workers\n");
    assertThat(seen().clusterAutoscaler()).containsExactly("workers");

    status("more", NOW.minusSeconds(10), "nodeGroups:\n- name: gpus\n");
    assertThat(seen().clusterAutoscaler()).containsExactlyInAnyOrder("workers", "gpus");

    lease("kube-system", NOW.minusSeconds(10));
    assertThat(seen().clusterAutoscaler()).as("one does not say what it scales").isEmpty();
  }

  @Test
  void readsNoOtherLeaseAndNoOtherConfigMap() {
    assertThatThrownBy(() -> cluster.daemon.leases().inAnyNamespace().list())
        .hasMessageContaining("cannot list resource");
    assertThatThrownBy(() ->
            cluster
                .daemon
                .configMaps()
                .inAnyNamespace()
                .withField("metadata.name", "passwords")
                .list())
        .hasMessageContaining("cannot list resource");
  }

  @Test
  void seesKarpentersNodePools() {
    cluster.apply(KARPENTER);
    TestCluster.await(
        "the kind is served", () -> cluster.admin.supports("karpenter.sh/v1", "NodePool"));
    cluster.apply("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: general}\n");

    assertThat(seen().nodePools()).isEqualTo(Set.of("general"));
  }

  @Test
  void refusesAGroupWhoseNodesAreOfANodePoolAndSaysSo() throws IOException {
    cluster.apply(KARPENTER);
    TestCluster.await(
        "the kind is served", () -> cluster.admin.supports("karpenter.sh/v1", "NodePool"));
    cluster.apply("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: general}\n");
    cluster.createNode("n1");
    cluster
        .admin
        .nodes()
        .withName("n1")
        .edit(node -> {
          node.getMetadata().getLabels().put("karpenter.sh/nodepool", "general");
          node.getMetadata().getLabels().put("pool", "a");
          return node;
        });
    cluster.apply(group("a"));
    cluster.apply(group("b"));
    DaemonSettings settings =
        DaemonSettings.DEFAULT.withHttp(new DaemonSettings.Http("127.0.0.1", 0, ""));
    try (Daemon _ = Daemon.start(settings, cluster.daemon)) {
      TestCluster.await("the group is refused", () -> reason("a").equals("ManagedElsewhere"));
      TestCluster.await("the other one is not", () -> reason("b").equals("Acting"));
      assertThat(scaling("a").orElseThrow().getMessage()).contains("general", "n1");
    }
  }

  private static String group(String name) {
    return """
    apiVersion: windlass.dev/v1alpha1
    kind: NodeGroup
    metadata: {name: %1$s}
    spec: {minSize: 0, maxSize: 3, nodeSelector: {pool: %1$s}}
    """
        .formatted(name);
  }

  private String reason(String group) {
    return scaling(group).map(Condition::getReason).orElse("");
  }

  private Optional<Condition> scaling(String group) {
    NodeGroupResource found =
        cluster.admin.resources(NodeGroupResource.class).withName(group).get();
    return found.getStatus() == null
        ? Optional.empty()
        : found.getStatus().conditions().stream()
            .filter(each -> each.getType().equals("Scaling"))
            .findFirst();
  }

  private void namespace(String name) {
    cluster.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}\n");
  }

  private void lease(String namespace, Instant renewed) {
    cluster.apply(
        """
        apiVersion: coordination.k8s.io/v1
        kind: Lease
        metadata: {name: cluster-autoscaler, namespace: %s}
        spec: {holderIdentity: ca-0, leaseDurationSeconds: 15, renewTime: "%s"}
        """
            .formatted(namespace, renewed.toString().replace("Z", ".000000Z")));
  }

  private void status(String namespace, Instant at, String text) {
    cluster.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cluster-autoscaler-status
          namespace: %s
          annotations: {cluster-autoscaler.kubernetes.io/last-updated: "%s"}
        data:
          status: |
            %s
        """
            .formatted(namespace, GO.format(at), text.replace("\n", "\n    ")));
  }
}
