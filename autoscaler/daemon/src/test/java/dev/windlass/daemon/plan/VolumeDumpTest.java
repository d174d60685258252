package dev.windlass.daemon.plan;

import static dev.windlass.daemon.plan.Commands.file;
import static dev.windlass.daemon.plan.Commands.plan;
import static dev.windlass.daemon.plan.Commands.run;
import static dev.windlass.daemon.plan.Commands.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A dump with volumes: nodes are planned where these can be, and every refusal names the volume.
 */
class VolumeDumpTest {
  private static final String GROUPS =
      """
      apiVersion: windlass.dev/v1alpha1
      kind: NodeGroup
      metadata: {name: east}
      spec:
        nodeSelector: {pool: east}
        minSize: 0
        maxSize: 9
        zones: [a, b]
        instanceTypes: [m]
        prices: [{instanceType: m, usdPerHour: 1}]
        template:
          labels: {pool: east}
          resources: {cpu: "4", memory: 16Gi, attachable-volumes-csi-ebs.csi.aws.com: "2"}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: fast}
      provisioner: ebs.csi.aws.com
      volumeBindingMode: WaitForFirstConsumer
      allowedTopologies:
      - matchLabelExpressions: [{key: topology.ebs.csi.aws.com/zone, values: [b]}]
      """;

  @TempDir private Path folder;

  private static String pod(String name, String claim) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, uid: uid-%s}
    spec:
      priority: 0
      containers: [{name: main, resources: {requests: {cpu: 100m}}}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]
    status: {phase: Pending}
    """
        .formatted(name, name, claim);
  }

  private static String claim(String name) {
    return """
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: %s, namespace: shop, uid: uid-%s}
    spec:
      storageClassName: fast
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 1Gi}}
    """
        .formatted(name, name);
  }

  private static String bound(String name, String zone, String capacity) {
    return """
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: %1$s
      namespace: shop
      annotations: {pv.kubernetes.io/bind-completed: "yes"}
    spec: {storageClassName: fast, volumeName: pv-%1$s}
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: pv-%1$s}
    spec:
      capacity: {storage: %3$s}
      csi: {driver: ebs.csi.aws.com, volumeHandle: vol-%1$s}
      nodeAffinity:
        required:
          nodeSelectorTerms:
          - matchExpressions: [{key: topology.ebs.csi.aws.com/zone, operator: In, values: [%2$s]}]
    """
        .formatted(name, zone, capacity);
  }

  private JsonNode planned(String yaml) throws IOException {
    return plan(file(folder, "dump.yaml", GROUPS + yaml)).json();
  }

  private static String onlyZone(JsonNode plan) {
    JsonNode variants = plan.path("scaleUp").path(0).path("variants");
    assertThat(variants).hasSize(1);
    return variants.path(0).path("zone").asString();
  }

  @Test
  void replicasWithClaimsToBeMadeGetNodesInAnAllowedZoneByTheVolumeLimit() throws IOException {
    StringBuilder yaml = new StringBuilder();
    for (int replica = 0; replica < 5; replica++) {
      yaml.append(pod("db-" + replica, "data-" + replica)).append(claim("data-" + replica));
    }

    JsonNode plan = planned(yaml.toString());

    assertThat(plan.path("unhelped")).isEmpty();
    assertThat(onlyZone(plan)).isEqualTo("b");
    assertThat(plan.path("scaleUp").path(0).path("to").asInt()).isEqualTo(3);
  }

  @Test
  void nodeIsPlannedInTheZoneOfTheVolume() throws IOException {
    JsonNode plan = planned(pod("db-0", "data-0") + bound("data-0", "a", "1Gi"));

    assertThat(onlyZone(plan)).isEqualTo("a");
  }

  @Test
  void badVolumeStopsItsPodAloneWithTheField() throws IOException {
    JsonNode plan =
        planned(
            pod("db-0", "data-0")
                + bound("data-0", "a", "much")
                + pod("db-1", "data-1")
                + bound("data-1", "a", "1Gi"));

    assertThat(texts(plan.path("unhelped"), "pod")).containsExactly("shop/db-0");
    JsonNode reason = plan.path("unhelped").path(0).path("reasons").path(0);
    assertThat(reason.path("rule").asString()).isEqualTo("VolumeBinding");
    assertThat(reason.path("message").asString())
        .contains("volume pv-data-0 of claim data-0 can't be read", "spec.capacity.storage");
    assertThat(texts(plan.path("placements"), "pod")).containsExactly("shop/db-1");
  }

  @Test
  void explainNamesTheVolumeAndBothPlaces() throws IOException {
    String dump =
        file(folder, "dump.yaml", GROUPS + pod("db-0", "data-0") + bound("data-0", "c", "1Gi"));

    Commands.Run run = run("explain", "pod", "shop/db-0", "-f", dump, "--at", Commands.AT);

    assertThat(run.out())
        .contains("VolumeBinding")
        .contains(
            "the volume of claim data-0 can be used where topology.ebs.csi.aws.com/zone is in [c]")
        .contains("on the node it is");
  }

  @Test
  void limitsAndLabelsOfNewNodesAreLearntFromNodesThatAreThere() throws IOException {
    String node =
        """
        ---
        apiVersion: v1
        kind: Node
        metadata:
          name: old
          labels:
            pool: east
            node.kubernetes.io/instance-type: m
            topology.kubernetes.io/zone: b
            topology.ebs.csi.aws.com/zone: b
        status:
          allocatable: {cpu: "4", memory: 16Gi, pods: "10"}
          conditions: [{type: Ready, status: "True"}]
        ---
        apiVersion: storage.k8s.io/v1
        kind: CSINode
        metadata: {name: old}
        spec:
          drivers:
          - name: ebs.csi.aws.com
            nodeID: i-1
            topologyKeys: [topology.ebs.csi.aws.com/zone]
            allocatable: {count: 1}
        """;

    StringBuilder pods = new StringBuilder();
    for (int replica = 0; replica < 3; replica++) {
      pods.append(pod("db-" + replica, "data-" + replica))
          .append(bound("data-" + replica, "a", "1Gi"));
    }
    String groups = GROUPS.replace(", attachable-volumes-csi-ebs.csi.aws.com: \"2\"", "");

    JsonNode plan = plan(file(folder, "dump.yaml", groups + node + pods)).json();

    assertThat(onlyZone(plan)).as("a node of zone b speaks for one in zone a").isEqualTo("a");
    assertThat(plan.path("scaleUp").path(0).path("from").asInt()).isEqualTo(1);
    assertThat(plan.path("scaleUp").path(0).path("to").asInt()).as("one volume each").isEqualTo(4);
  }
}
