package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes Node objects: some lack labels, some are small, tainted or cordoned. */
final class RandomNodes {
  private final Dice dice;
  private final Set<Topic> topics;

  RandomNodes(Dice dice, Set<Topic> topics) {
    this.dice = dice;
    this.topics = topics;
  }

  Map<String, Object> node(String name) {
    Map<String, Object> spec = new LinkedHashMap<>();
    if (topics.contains(Topic.TAINTS)) {
      spec.put("taints", taints());
      if (dice.percent(12)) {
        spec.put("unschedulable", true);
      }
    }
    return object(
        "apiVersion",
        "v1",
        "kind",
        "Node",
        "metadata",
        object("name", name, "labels", labels(name)),
        "spec",
        spec,
        "status",
        object(
            "allocatable",
            topics.contains(Topic.RESOURCES) ? tight() : ample(),
            "conditions",
            List.of(object("type", "Ready", "status", "True"))));
  }

  private Map<String, Object> labels(String name) {
    Map<String, Object> labels = new LinkedHashMap<>();
    if (!dice.percent(4)) {
      labels.put("kubernetes.io/hostname", name);
    }
    if (!dice.percent(10)) {
      labels.put("topology.kubernetes.io/zone", dice.pick("a", "b", "c"));
    }
    if (dice.percent(60)) {
      labels.put("rack", dice.pick("r1", "r2"));
    }
    if (dice.percent(70)) {
      labels.put("disk", dice.pick("ssd", "hdd", ""));
    }
    if (dice.percent(70)) {
      labels.put("generation", dice.pick("1", "3", "5", "12", "007", "new"));
    }
    return labels;
  }

  private List<Object> taints() {
    List<Object> taints = new ArrayList<>();
    for (String key : dice.some(dice.between(0, 2), List.of("team", "gpu", "batch"))) {
      Map<String, Object> taint = object("key", key);
      if (dice.percent(70)) {
        taint.put("value", dice.pick("a", "b", "3"));
      }
      taint.put("effect", dice.pick("NoSchedule", "NoSchedule", "NoExecute", "PreferNoSchedule"));
      taints.add(taint);
    }
    return taints;
  }

  private Map<String, Object> tight() {
    Map<String, Object> amounts =
        object(
            "cpu",
            dice.pick("1", "1500m", "2", "3.5", "4", "6"),
            "memory",
            dice.pick("1Gi", "2G", "3000Mi", "4Gi", "8589934592"),
            "ephemeral-storage",
            dice.pick("1Gi", "5G", "20Gi"),
            "pods",
            dice.pick("2", "4", "8", "110"));
    if (dice.percent(50)) {
      amounts.put("nvidia.com/gpu", dice.pick("0", "1", "2", "8"));
    }
    if (dice.percent(40)) {
      amounts.put("example.com/dongle", dice.pick("1", "3", "1k"));
    }
    if (dice.percent(40)) {
      amounts.put("hugepages-2Mi", dice.pick("0", "64Mi", "256Mi"));
    }
    return amounts;
  }

  private static Map<String, Object> ample() {
    return object("cpu", "64", "memory", "256Gi", "ephemeral-storage", "1Ti", "pods", "110");
  }
}
