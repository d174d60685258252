package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;
import static dev.windlass.simulations.oracle.Manifest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a case's subject adds to nodes and pods. */
@FunctionalInterface
interface SubjectMatter {
  /**
   * Completes a case.
   *
   * @param cluster the case so far
   * @param running its running pods
   */
  void addTo(Map<String, Object> cluster, List<Map<String, Object>> running);

  /** The matter of a subject. */
  static SubjectMatter of(Subject subject, Dice dice, List<String> nodes, RandomPods pods) {
    return switch (subject) {
      case PODS -> (_, _) -> {};
      case VOLUMES -> (cluster, running) -> addVolumes(dice, nodes, cluster, running);
      case DEVICES -> (cluster, running) -> addDevices(dice, nodes, cluster, running, false);
      case EXTENDED -> (cluster, running) -> addDevices(dice, nodes, cluster, running, true);
      case QUEUE -> (cluster, _) -> addNominations(dice, nodes, pods, cluster);
    };
  }

  private static void addVolumes(
      Dice dice,
      List<String> nodes,
      Map<String, Object> cluster,
      List<Map<String, Object>> running) {
    RandomStorage storage = new RandomStorage(dice, nodes);
    storage.attach(part(cluster, "pending"), false);
    for (Map<String, Object> pod : running) {
      if (dice.percent(65)) {
        storage.attach(pod, true);
      }
    }
    cluster.put("objects", storage.objects());
  }

  private static void addDevices(
      Dice dice,
      List<String> nodes,
      Map<String, Object> cluster,
      List<Map<String, Object>> running,
      boolean byName) {
    RandomDeviceClaims claims = new RandomDeviceClaims(dice, nodes);
    for (Map<String, Object> pod : running) {
      if (dice.percent(50)) {
        claims.allocate(pod, text(part(pod, "spec"), "nodeName"));
      }
    }
    if (byName) {
      advertise(dice, cluster);
      claims.askByName(part(cluster, "pending"));
    } else {
      claims.ask(part(cluster, "pending"));
    }
    cluster.put("objects", claims.objects());
  }

  /** Some nodes have a device plugin for the same resource. */
  private static void advertise(Dice dice, Map<String, Object> cluster) {
    for (Object node : (List<?>) Objects.requireNonNull(cluster.get("nodes"))) {
      if (dice.percent(20)) {
        part(part(Manifest.object(node), "status"), "allocatable")
            .put("example.com/accelerator", dice.pick("0", "1", "2"));
      }
    }
  }

  private static void addNominations(
      Dice dice, List<String> nodes, RandomPods pods, Map<String, Object> cluster) {
    List<Object> nominated = new ArrayList<>();
    for (int index = dice.between(1, 4); index > 0; index--) {
      Map<String, Object> pod = pods.pod("nominated-" + index, null);
      part(pod, "metadata").put("uid", "uid-nominated-" + index);
      part(pod, "spec").put("priority", dice.pick(-10, 0, 10, 1000));
      pod.put(
          "status",
          object("phase", "Pending", "nominatedNodeName", dice.some(1, nodes).getFirst()));
      nominated.add(pod);
    }
    Map<String, Object> pending = part(cluster, "pending");
    part(pending, "metadata").put("uid", "uid-pending");
    part(pending, "spec").put("priority", dice.pick(0, 0, 10));
    if (dice.percent(5)) {
      part(pending, "spec").put("schedulingGates", List.of(object("name", "example.com/quota")));
    }
    cluster.put("nominated", nominated);
  }
}
