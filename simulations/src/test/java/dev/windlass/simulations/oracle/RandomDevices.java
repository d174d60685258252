package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;
import static dev.windlass.simulations.oracle.Manifest.part;
import static dev.windlass.simulations.oracle.Manifest.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes ResourceSlices: whole, partitioned, outdated and incomplete pools, on nodes and beside. */
final class RandomDevices {
  static final String GPU_DRIVER = "gpu.example.com";
  static final String NIC_DRIVER = "nic.example.com";

  private final Dice dice;
  private final List<Object> slices = new ArrayList<>();
  private final Map<String, List<Device>> onNodes = new LinkedHashMap<>();

  /** A device as an allocation names it. */
  record Device(String driver, String pool, String name) {}

  RandomDevices(Dice dice, List<String> nodes) {
    this.dice = dice;
    for (String node : nodes) {
      if (dice.percent(80)) {
        addPool(GPU_DRIVER, node + "-gpu", object("nodeName", node));
      }
      if (dice.percent(60)) {
        addPool(NIC_DRIVER, node + "-nic", object("nodeName", node));
      }
    }
    if (dice.percent(25)) {
      addPool(NIC_DRIVER, "fabric", fabric());
    }
    if (dice.percent(15)) {
      addScattered(nodes);
    }
  }

  List<Object> slices() {
    return List.copyOf(slices);
  }

  /** Takes a device of the node that nobody has, if there is one. */
  List<Device> take(String node) {
    List<Device> free = onNodes.getOrDefault(node, List.of());
    return free.isEmpty() ? List.of() : List.of(free.removeFirst());
  }

  private Map<String, Object> fabric() {
    return dice.percent(50)
        ? object("allNodes", true)
        : Manifest.of(
            """
            nodeSelector:
              nodeSelectorTerms:
              - matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a, b]}]
            """);
  }

  private void addPool(String driver, String pool, Map<String, Object> reach) {
    switch (dice.between(0, 9)) {
      case 0 -> addSlice(driver, pool, 1, 2, "-only", reach, devices(driver, pool, 2));
      case 1 -> {
        addSlice(driver, pool, 1, 1, "-old", reach, devices(driver, pool, 3));
        addSlice(driver, pool, 2, 1, "-new", reach, devices(driver, pool, dice.between(0, 2)));
      }
      case 2, 3, 4 -> addPartitioned(driver, pool, reach);
      default -> {
        List<Map<String, Object>> devices = devices(driver, pool, dice.between(1, 4));
        addSlice(driver, pool, 1, 1, "", reach, devices);
        remember(driver, pool, reach, devices);
      }
    }
  }

  /** Devices that share what a chip has. */
  private void addPartitioned(String driver, String pool, Map<String, Object> reach) {
    List<Map<String, Object>> devices = devices(driver, pool, dice.between(2, 4));
    for (Map<String, Object> device : devices) {
      device.put(
          "consumesCounters",
          List.of(
              object(
                  "counterSet",
                  "chip",
                  "counters",
                  object(
                      "memory",
                      object("value", dice.pick("10Gi", "40Gi", "80Gi")),
                      "slices",
                      object("value", dice.pick("1", "2", "3"))))));
    }
    Map<String, Object> chip = slice(driver, pool, 1, 2, "-chip", reach);
    part(chip, "spec")
        .put(
            "sharedCounters",
            List.of(
                Manifest.of(
                    "{name: chip, counters: {memory: {value: 80Gi}, slices: {value: '%d'}}}"
                        .formatted(dice.between(2, 7)))));
    slices.add(chip);
    addSlice(driver, pool, 1, 2, "-parts", reach, devices);
    remember(driver, pool, reach, devices);
  }

  /** One pool whose devices say themselves which node reaches them. */
  private void addScattered(List<String> nodes) {
    List<Map<String, Object>> devices = devices(GPU_DRIVER, "scattered", 3);
    for (Map<String, Object> device : devices) {
      device.putAll(
          dice.percent(70) ? object("nodeName", dice.some(1, nodes).getFirst()) : fabric());
    }
    addSlice(GPU_DRIVER, "scattered", 1, 1, "", object("perDeviceNodeSelection", true), devices);
  }

  private void remember(
      String driver, String pool, Map<String, Object> reach, List<Map<String, Object>> devices) {
    if (reach.get("nodeName") instanceof String node) {
      for (Map<String, Object> device : devices) {
        onNodes
            .computeIfAbsent(node, _ -> new ArrayList<>())
            .add(new Device(driver, pool, text(device, "name")));
      }
    }
  }

  private void addSlice(
      String driver,
      String pool,
      int generation,
      int count,
      String suffix,
      Map<String, Object> reach,
      List<Map<String, Object>> devices) {
    Map<String, Object> slice = slice(driver, pool, generation, count, suffix, reach);
    part(slice, "spec").put("devices", devices);
    slices.add(slice);
  }

  private static Map<String, Object> slice(
      String driver,
      String pool,
      int generation,
      int count,
      String suffix,
      Map<String, Object> reach) {
    Map<String, Object> slice =
        Manifest.of(
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceSlice
            metadata: {name: %s%s}
            spec:
              driver: %s
              pool: {name: %s, generation: %d, resourceSliceCount: %d}
            """
                .formatted(pool, suffix, driver, pool, generation, count));
    part(slice, "spec").putAll(reach);
    return slice;
  }

  private List<Map<String, Object>> devices(String driver, String pool, int count) {
    List<Map<String, Object>> devices = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Map<String, Object> device = object("name", pool + "-" + index);
      device.put("attributes", attributes(driver, index));
      if (driver.equals(GPU_DRIVER)) {
        String memory = dice.pick("20Gi", "40Gi", "80Gi");
        device.put("capacity", object("memory", object("value", memory)));
      }
      if (dice.percent(15)) {
        device.put("taints", taints());
      }
      devices.add(device);
    }
    return devices;
  }

  private Map<String, Object> attributes(String driver, int index) {
    Map<String, Object> attributes = object("index", object("int", index));
    if (dice.percent(97)) {
      attributes.put("model", object("string", dice.pick("a100", "h100", "l4")));
    }
    if (dice.percent(95)) {
      attributes.put("ecc", object("bool", dice.percent(70)));
    }
    if (driver.equals(GPU_DRIVER)) {
      attributes.put("driverVersion", object("version", dice.pick("1.0.0", "1.2.0", "2.0.0-rc.1")));
    }
    if (dice.percent(95)) {
      attributes.put("topology.example.com/numa", object("int", dice.between(0, 1)));
    }
    return attributes;
  }

  private List<Object> taints() {
    Map<String, Object> taint = object("key", dice.pick("maintenance", "broken"));
    if (dice.percent(60)) {
      taint.put("value", dice.pick("planned", "urgent"));
    }
    taint.put("effect", dice.pick("NoSchedule", "NoSchedule", "NoExecute", "None"));
    return List.of(taint);
  }
}
