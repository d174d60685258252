package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.PersistentVolume.Migration;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.VolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeDecodingTest {
  private static PersistentVolume volume(String labels, String spec) {
    String yaml =
        "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv, labels: {%s}}\nspec: {%s}\n"
            .formatted(labels, spec);
    return PersistentVolumeDecoder.decode(
            Manifests.read(yaml, io.fabric8.kubernetes.api.model.PersistentVolume.class))
        .toOptional()
        .orElseThrow();
  }

  static Stream<Arguments> disks() {
    String zone = "topology.kubernetes.io/zone: us-a";
    return Stream.of(
        Arguments.of("awsElasticBlockStore: {volumeID: vol-1}", zone, "ebs.csi.aws.com", "vol-1"),
        Arguments.of(
            "awsElasticBlockStore: {volumeID: \"aws://us-a/vol-2\"}",
            zone,
            "ebs.csi.aws.com",
            "vol-2"),
        Arguments.of("awsElasticBlockStore: {volumeID: \"aws://us-a/disk\"}", zone, null, null),
        Arguments.of(
            "gcePersistentDisk: {pdName: d}",
            "",
            "pd.csi.storage.gke.io",
            "projects/UNSPECIFIED/zones/UNSPECIFIED/disks/d"),
        Arguments.of(
            "gcePersistentDisk: {pdName: d}",
            "topology.kubernetes.io/zone: us-east1-a__us-east1-b",
            "pd.csi.storage.gke.io",
            "projects/UNSPECIFIED/regions/us-east1/disks/d"),
        Arguments.of("azureDisk: {diskName: d, diskURI: /x/d}", zone, "disk.csi.azure.com", "/x/d"),
        Arguments.of("cinder: {volumeID: c}", zone, "cinder.csi.openstack.org", "c"),
        Arguments.of("portworxVolume: {volumeID: p}", zone, "pxd.portworx.com", "p"),
        Arguments.of("csi: {driver: x, volumeHandle: h}", zone, "x", "h"),
        Arguments.of("nfs: {server: s, path: /}", zone, null, null));
  }

  @ParameterizedTest
  @MethodSource("disks")
  void volumeIsNamedAsItsDriverDoes(
      String source, String labels, @Nullable String driver, @Nullable String handle) {
    CsiVolume expected = driver == null || handle == null ? null : new CsiVolume(driver, handle);

    assertThat(volume(labels, source).reach().source()).isEqualTo(expected);
  }

  private static final String ZONE_TERM =
      "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: KEY, operator: In,"
          + " values: [us-a]}]}]}}";

  @ParameterizedTest(name = "{0} / {1}")
  @CsvSource({
    "topology.kubernetes.io/zone, '', topology.ebs.csi.aws.com/zone",
    "failure-domain.beta.kubernetes.io/zone, '', topology.ebs.csi.aws.com/zone",
    "disk, topology.kubernetes.io/zone: us-b, disk topology.ebs.csi.aws.com/zone",
    "disk, failure-domain.beta.kubernetes.io/zone: us-b, disk topology.ebs.csi.aws.com/zone",
    "disk, '', disk"
  })
  void driverThatTookAVolumeOverReadsItsOwnZoneLabel(String key, String labels, String keys) {
    String source = "awsElasticBlockStore: {volumeID: vol-1}, ";
    Migration migration =
        volume(labels, source + ZONE_TERM.replace("KEY", key)).reach().migration();

    assertThat(Objects.requireNonNull(migration).affinity())
        .singleElement()
        .satisfies(term ->
            assertThat(String.join(" ", term.labels().stream().map(each -> each.key()).toList()))
                .isEqualTo(keys));
  }

  @Test
  void readsWhatAClaimAsksForAndWhatBecameOfIt() {
    String yaml =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
          namespace: shop
          uid: u
          ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: uid-p, controller: true}]
          annotations:
            volume.beta.kubernetes.io/storage-class: old
            volume.kubernetes.io/selected-node: n
        spec:
          storageClassName: new
          accessModes: [ReadWriteOncePod]
          volumeMode: Block
          volumeAttributesClassName: gold
          resources: {requests: {storage: 1500m}}
        status: {phase: Pending}
        """;
    VolumeClaim claim =
        VolumeClaimDecoder.decode(Manifests.read(yaml, PersistentVolumeClaim.class))
            .toOptional()
            .orElseThrow();

    assertThat(claim.request())
        .isEqualTo(new ClaimRequest("old", 2L, Set.of("ReadWriteOncePod"), true, null, "gold"));
    assertThat(claim.binding()).isEqualTo(new VolumeClaim.Binding("", false, false, false, "n"));
    assertThat(claim.ownerUid()).isEqualTo("uid-p");
  }

  @Test
  void onlyVolumesThatLimitAPodArePartOfItsSpec() {
    String yaml =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: shop}
        spec:
          containers: [{name: main}]
          volumes:
          - {name: config, configMap: {name: c}}
          - {name: scratch, emptyDir: {}}
          - {name: inline, csi: {driver: secrets}}
          - {name: data, persistentVolumeClaim: {claimName: data-0}}
          - {name: images, rbd: {image: i, monitors: [m], readOnly: true}}
          - name: tmp
            ephemeral: {volumeClaimTemplate: {spec: {storageClassName: fast}}}
        """;
    Pod pod =
        new PodDecoder(new Interner(), AdmissionDefaults.NONE)
            .decode(Manifests.read(yaml, io.fabric8.kubernetes.api.model.Pod.class))
            .toOptional()
            .orElseThrow();
    ClaimRequest request = new ClaimRequest("fast", null, Set.of(), false, null, "");

    assertThat(pod.spec().attachments().volumes())
        .isEqualTo(
            List.of(
                new PodVolume.Claim("data-0"),
                new PodVolume.Disk(PodVolume.Kind.RBD, "rbd/i", Set.of("m"), true, null),
                new PodVolume.Ephemeral("tmp", request)));
  }
}
