package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;
import static dev.windlass.simulations.oracle.Manifest.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes everything of a case that has to do with volumes, and gives pods their volumes. */
final class RandomStorage {
  private final Dice dice;
  private final List<String> nodes;
  private final RandomVolumes volumes;
  private final RandomClaims claims;

  RandomStorage(Dice dice, List<String> nodes) {
    this.dice = dice;
    this.nodes = List.copyOf(nodes);
    this.volumes = new RandomVolumes(dice, nodes);
    this.claims = new RandomClaims(dice, volumes);
  }

  /** The objects, once every pod has its volumes. */
  List<Object> objects() {
    List<Object> objects = new ArrayList<>(classes());
    objects.addAll(volumes.objects());
    objects.addAll(claims.objects());
    objects.addAll(nodes());
    objects.addAll(drivers());
    List<String> attachable = volumes.attachable();
    for (int index = attachable.isEmpty() ? 0 : dice.between(0, 2); index > 0; index--) {
      objects.add(
          Manifest.of(
              """
              apiVersion: storage.k8s.io/v1
              kind: VolumeAttachment
              metadata: {name: attachment-%d}
              spec: {attacher: csi.example.com, nodeName: %s, source: {persistentVolumeName: %s}}
              status: {attached: true}
              """
                  .formatted(
                      index, dice.some(1, nodes).getFirst(), dice.some(1, attachable).getFirst())));
    }
    return objects;
  }

  /** Gives a pod one or two volumes, no claim twice. */
  void attach(Map<String, Object> pod, boolean runs) {
    Map<String, Object> metadata = part(pod, "metadata");
    String name = text(metadata, "name");
    metadata.put("uid", "uid-" + name);
    String namespace = text(metadata, "namespace");
    List<String> near = claims.in(namespace, runs);
    List<String> chosen = dice.some(dice.between(1, 2), near.isEmpty() ? List.of("absent") : near);
    List<Object> mounted = new ArrayList<>();
    for (String claim : chosen) {
      mounted.add(volume(namespace, name, "volume-" + mounted.size(), claim, runs));
    }
    part(pod, "spec").put("volumes", mounted);
  }

  private Map<String, Object> volume(
      String namespace, String pod, String name, String claim, boolean runs) {
    Map<String, Object> volume = object("name", name);
    if (dice.percent(12)) {
      volume.putAll(inline());
    } else if (dice.percent(12)) {
      claims.addEphemeral(namespace, pod, "uid-" + pod, name, runs);
      volume.putAll(
          Manifest.of(
              """
              ephemeral:
                volumeClaimTemplate:
                  spec:
                    accessModes: [ReadWriteOnce]
                    storageClassName: fast
                    resources: {requests: {storage: 1Gi}}
              """));
    } else {
      volume.put("persistentVolumeClaim", object("claimName", dice.percent(2) ? "absent" : claim));
    }
    return volume;
  }

  /** A disk that the pod names itself; kube-scheduler lets no two pods write to one. */
  private Map<String, Object> inline() {
    boolean readOnly = dice.percent(50);
    String disk = dice.pick("1", "2");
    return switch (dice.between(0, 4)) {
      case 0 -> object("emptyDir", new LinkedHashMap<>());
      case 1 -> object("gcePersistentDisk", object("pdName", "disk-" + disk, "readOnly", readOnly));
      case 2 -> object("awsElasticBlockStore", object("volumeID", "vol-" + disk));
      case 3 ->
          Manifest.of(
              "rbd: {monitors: [m%s, m3], pool: p, image: i%s, readOnly: %s}"
                  .formatted(dice.pick("1", "2"), disk, readOnly));
      default ->
          Manifest.of(
              "iscsi: {targetPortal: t%s, iqn: 'iqn.2001-04.com.example:disk', lun: %s, readOnly: %s}"
                  .formatted(disk, disk, readOnly));
    };
  }

  private List<Object> classes() {
    return List.of(
        storageClass("slow", "csi.example.com", "Immediate", ""),
        storageClass("fast", "csi.example.com", "WaitForFirstConsumer", ""),
        storageClass("zonal", "csi.example.com", "WaitForFirstConsumer", zones("[a]")),
        storageClass("zones", "csi.example.com", "WaitForFirstConsumer", zones("[b, c]")),
        storageClass("sized", "sized.example.com", "WaitForFirstConsumer", ""),
        storageClass("gp2", "kubernetes.io/aws-ebs", "WaitForFirstConsumer", ""),
        storageClass("local-disk", "kubernetes.io/no-provisioner", "WaitForFirstConsumer", ""));
  }

  private static Map<String, Object> storageClass(
      String name, String provisioner, String mode, String topologies) {
    return Manifest.of(
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: %s}
        provisioner: %s
        volumeBindingMode: %s
        %s
        """
            .formatted(name, provisioner, mode, topologies));
  }

  private static String zones(String values) {
    return "allowedTopologies: [{matchLabelExpressions: [{key: topology.kubernetes.io/zone, values:"
        + " "
        + values
        + "}]}]";
  }

  private List<Object> nodes() {
    List<Object> found = new ArrayList<>();
    for (String node : nodes) {
      if (dice.percent(85)) {
        found.add(
            Manifest.of(
                """
                apiVersion: storage.k8s.io/v1
                kind: CSINode
                metadata:
                  name: %s
                  annotations: {storage.alpha.kubernetes.io/migrated-plugins: "%s"}
                spec:
                  drivers:
                  - {name: csi.example.com, nodeID: %s, allocatable: {count: %d}}
                  - {name: ebs.csi.aws.com, nodeID: %s, allocatable: {count: %d}}
                  - {name: sized.example.com, nodeID: %s}
                """
                    .formatted(
                        node,
                        dice.pick("", "kubernetes.io/aws-ebs,kubernetes.io/gce-pd"),
                        node,
                        dice.between(0, 3),
                        node,
                        dice.between(0, 2),
                        node)));
      }
    }
    return found;
  }

  private List<Object> drivers() {
    List<Object> found = new ArrayList<>();
    found.add(
        Manifest.of(
            """
            apiVersion: storage.k8s.io/v1
            kind: CSIDriver
            metadata: {name: sized.example.com}
            spec: {storageCapacity: %s}
            """
                .formatted(dice.percent(80))));
    for (int index = dice.between(0, 3); index > 0; index--) {
      String capacity = dice.pick("1Gi", "4Gi", "20Gi");
      found.add(
          Manifest.of(
              """
              apiVersion: storage.k8s.io/v1
              kind: CSIStorageCapacity
              metadata: {name: capacity-%d, namespace: lab}
              storageClassName: %s
              nodeTopology: {matchLabels: {topology.kubernetes.io/zone: %s}}
              capacity: %s
              %s
              """
                  .formatted(
                      index,
                      dice.pick("sized", "sized", "fast"),
                      dice.pick("a", "b", "c"),
                      capacity,
                      dice.percent(30) ? "maximumVolumeSize: 2Gi" : "")));
    }
    return found;
  }
}
