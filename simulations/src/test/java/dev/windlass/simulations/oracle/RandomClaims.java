package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes PersistentVolumeClaims in every state that a scheduler may find them in. */
final class RandomClaims {
  static final List<String> WAITING_CLASSES =
      List.of("fast", "fast", "zonal", "zones", "sized", "sized", "gp2", "local-disk");

  private final Dice dice;
  private final RandomVolumes volumes;
  private final List<Object> objects = new ArrayList<>();
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final Map<String, List<String>> boundNames = new LinkedHashMap<>();

  RandomClaims(Dice dice, RandomVolumes volumes) {
    this.dice = dice;
    this.volumes = volumes;
    for (int index = dice.between(5, 10); index > 0; index--) {
      add(dice.pick("shop", "shop", "shop", "bank"), "data-" + index);
    }
  }

  /** Every claim so far. */
  List<Object> objects() {
    return List.copyOf(objects);
  }

  /** Names of a namespace's claims; there may be none. Pods that run have bound ones alone. */
  List<String> in(String namespace, boolean bound) {
    return (bound ? boundNames : names).getOrDefault(namespace, List.of());
  }

  /** The claim of a pod's ephemeral volume; of a pod that waits perhaps none, or another pod's. */
  void addEphemeral(String namespace, String pod, String uid, String volume, boolean runs) {
    if (runs || dice.percent(90)) {
      Map<String, Object> claim =
          runs || dice.percent(50)
              ? bound(namespace, pod + "-" + volume, "ReadWriteOnce")
              : waiting(namespace, pod + "-" + volume, "fast");
      Map<String, Object> owner =
          object("apiVersion", "v1", "kind", "Pod", "name", pod, "uid", uid, "controller", true);
      if (runs || dice.percent(90)) {
        part(claim, "metadata").put("ownerReferences", List.of(owner));
      }
      objects.add(claim);
    }
  }

  private void add(String namespace, String name) {
    int kind = dice.between(0, 11);
    if (kind < 6) {
      boundNames.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(name);
    }
    objects.add(
        switch (kind) {
          case 0, 1, 2, 3 -> bound(namespace, name, "ReadWriteOnce");
          case 4, 5 -> bound(namespace, name, "ReadWriteOncePod");
          case 6 -> broken(namespace, name);
          default -> waiting(namespace, name, dice.pick(WAITING_CLASSES.toArray(String[]::new)));
        });
    names.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(name);
  }

  private Map<String, Object> bound(String namespace, String name, String accessMode) {
    String volume = "volume-" + namespace + "-" + name;
    Map<String, Object> claim = claim(namespace, name, "fast", accessMode);
    part(claim, "spec").put("volumeName", volume);
    part(claim, "metadata").put("annotations", object("pv.kubernetes.io/bind-completed", "yes"));
    claim.put("status", object("phase", "Bound"));
    volumes.addBound(volume, namespace, name, accessMode);
    return claim;
  }

  /** A claim that binds when its first pod comes. */
  private Map<String, Object> waiting(String namespace, String name, String storageClass) {
    Map<String, Object> claim = claim(namespace, name, storageClass, "ReadWriteOnce");
    if (storageClass.equals("local-disk") && dice.percent(25)) {
      part(claim, "spec")
          .put("selector", object("matchLabels", object("kind", dice.pick("nvme", "disk"))));
    }
    if (storageClass.equals("local-disk") && dice.percent(15)) {
      part(claim, "spec").put("volumeMode", "Block");
    }
    if (dice.percent(8)) {
      part(claim, "metadata")
          .put(
              "annotations",
              object("volume.kubernetes.io/selected-node", dice.pick("node-1", "node-2")));
    }
    return claim;
  }

  private Map<String, Object> broken(String namespace, String name) {
    return switch (dice.between(0, 6)) {
      case 0 -> claim(namespace, name, "slow", "ReadWriteOnce");
      case 1 -> claim(namespace, name, "absent", "ReadWriteOnce");
      case 2 -> claim(namespace, name, "", "ReadWriteOnce");
      case 3 -> {
        Map<String, Object> lost = bound(namespace, name, "ReadWriteOnce");
        lost.put("status", object("phase", "Lost"));
        yield lost;
      }
      case 4 -> {
        Map<String, Object> ending = bound(namespace, name, "ReadWriteOnce");
        part(ending, "metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
        part(ending, "metadata").put("finalizers", List.of("kubernetes.io/pvc-protection"));
        yield ending;
      }
      case 5 -> {
        Map<String, Object> promised = bound(namespace, name, "ReadWriteOnce");
        part(promised, "metadata").remove("annotations");
        yield promised;
      }
      default -> {
        Map<String, Object> orphan = bound(namespace, name, "ReadWriteOnce");
        part(orphan, "spec").put("volumeName", "volume-that-is-gone");
        yield orphan;
      }
    };
  }

  private Map<String, Object> claim(
      String namespace, String name, String storageClass, String accessMode) {
    return Manifest.of(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: %s, uid: uid-%s-%s}
        spec:
          accessModes: [%s]
          storageClassName: "%s"
          resources: {requests: {storage: %s}}
        status: {phase: Pending}
        """
            .formatted(
                name,
                namespace,
                namespace,
                name,
                accessMode,
                storageClass,
                dice.pick("1Gi", "2Gi", "5Gi", "8Gi", "3000M")));
  }
}
