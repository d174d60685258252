package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes PersistentVolumes: bound ones of several kinds, and free local disks. */
final class RandomVolumes {
  private final Dice dice;
  private final List<String> nodes;
  private final List<Object> objects = new ArrayList<>();
  private final List<String> attachable = new ArrayList<>();

  RandomVolumes(Dice dice, List<String> nodes) {
    this.dice = dice;
    this.nodes = List.copyOf(nodes);
    for (int index = dice.between(0, 6); index > 0; index--) {
      addFree("free-" + index);
    }
  }

  /** Every volume so far. */
  List<Object> objects() {
    return List.copyOf(objects);
  }

  /** The names of volumes that a CSI driver attaches to nodes. */
  List<String> attachable() {
    return List.copyOf(attachable);
  }

  /** The volume that a claim is bound to. */
  void addBound(String name, String namespace, String claim, String accessMode) {
    Map<String, Object> volume =
        Manifest.of(
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %s, labels: {}}
            spec:
              accessModes: [%s]
              capacity: {storage: 10Gi}
              storageClassName: fast
              claimRef: {kind: PersistentVolumeClaim, namespace: %s, name: %s, uid: uid-%s-%s}
            status: {phase: Bound}
            """
                .formatted(name, accessMode, namespace, claim, namespace, claim));
    Map<String, Object> spec = part(volume, "spec");
    switch (dice.between(0, 9)) {
      case 0 -> spec.put("awsElasticBlockStore", object("volumeID", "vol-" + name.length()));
      case 1 -> spec.put("gcePersistentDisk", object("pdName", name));
      case 2 -> spec.put("nfs", object("server", "10.0.0.9", "path", "/"));
      default -> {
        attachable.add(name);
        spec.put("csi", object("driver", "csi.example.com", "volumeHandle", "handle-" + name));
      }
    }
    if (dice.percent(55)) {
      spec.put("nodeAffinity", affinity());
    }
    if (dice.percent(45)) {
      part(volume, "metadata").put("labels", topologyLabels());
    }
    objects.add(volume);
  }

  private Map<String, Object> topologyLabels() {
    return switch (dice.between(0, 5)) {
      case 0 -> object("topology.kubernetes.io/zone", dice.pick("a__b", "b__c"));
      case 1 -> object("failure-domain.beta.kubernetes.io/zone", dice.pick("a", "b"));
      case 2 ->
          object("topology.kubernetes.io/zone", "a", "topology.kubernetes.io/region", "region");
      default -> object("topology.kubernetes.io/zone", dice.pick("a", "b", "c"));
    };
  }

  private Map<String, Object> affinity() {
    return switch (dice.between(0, 3)) {
      case 0 -> onNodes("kubernetes.io/hostname", dice.some(2, nodes));
      case 1 -> onNodes("rack", List.of(dice.pick("r1", "r2")));
      default -> onNodes("topology.kubernetes.io/zone", dice.some(2, List.of("a", "b", "c")));
    };
  }

  private static Map<String, Object> onNodes(String key, List<String> values) {
    return Manifest.of(
        """
        required:
          nodeSelectorTerms:
          - matchExpressions: [{key: %s, operator: In, values: [%s]}]
        """
            .formatted(key, String.join(", ", values)));
  }

  /** A disk in a node, which nobody uses or which was kept for someone. */
  private void addFree(String name) {
    Map<String, Object> volume =
        Manifest.of(
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %s, labels: {kind: %s}}
            spec:
              accessModes: [ReadWriteOnce]
              capacity: {storage: %s}
              storageClassName: local-disk
              volumeMode: %s
              local: {path: /mnt/%s}
            status: {phase: %s}
            """
                .formatted(
                    name,
                    dice.pick("nvme", "disk"),
                    dice.pick("1Gi", "4Gi", "5Gi", "9Gi"),
                    dice.pick("Filesystem", "Filesystem", "Filesystem", "Block"),
                    name,
                    dice.pick("Available", "Available", "Available", "Released")));
    part(volume, "spec")
        .put("nodeAffinity", onNodes("kubernetes.io/hostname", dice.some(1, nodes)));
    if (dice.percent(15)) {
      part(volume, "spec")
          .put(
              "claimRef",
              object(
                  "kind",
                  "PersistentVolumeClaim",
                  "namespace",
                  "shop",
                  "name",
                  dice.pick("data-1", "data-2", "other")));
    }
    objects.add(volume);
  }
}
