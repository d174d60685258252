package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a pod asks for: containers, init containers, sidecars, overhead, pod level. */
final class RandomResources {
  private static final List<String> WHOLE_ONLY =
      List.of("nvidia.com/gpu", "example.com/dongle", "hugepages-2Mi");

  private final Dice dice;

  RandomResources(Dice dice) {
    this.dice = dice;
  }

  /** Adds containers that ask for nothing much. */
  void writeSmall(Map<String, Object> spec) {
    Map<String, Object> container = container("main");
    if (dice.percent(50)) {
      container.put("resources", object("requests", object("cpu", "100m")));
    }
    spec.put("containers", new ArrayList<>(List.of(container)));
  }

  /** Adds everything that can be asked for. */
  void write(Map<String, Object> spec, boolean extended) {
    List<Object> containers = new ArrayList<>();
    for (int index = 0; index < dice.between(1, 2); index++) {
      containers.add(asking("main-" + index, extended));
    }
    List<Object> initContainers = new ArrayList<>();
    for (int index = dice.percent(40) ? dice.between(1, 3) : 0; index > 0; index--) {
      Map<String, Object> init = asking("init-" + index, false);
      if (dice.percent(50)) {
        init.put("restartPolicy", "Always");
      }
      initContainers.add(init);
    }
    spec.put("containers", containers);
    if (!initContainers.isEmpty()) {
      spec.put("initContainers", initContainers);
    }
    if (dice.percent(15)) {
      spec.put("overhead", object("cpu", "250m", "memory", dice.pick("100Mi", "1Gi")));
    }
    if (dice.percent(20)) {
      spec.put("resources", podLevel());
    }
  }

  /** What a kubelet reports for a pod that is being resized in place. */
  Map<String, Object> resizeStatus(String container, boolean podLevel) {
    Map<String, Object> given = object("cpu", dice.pick("50m", "700m", "2"), "memory", "200Mi");
    Map<String, Object> status =
        object(
            "phase",
            "Running",
            "containerStatuses",
            List.of(
                object(
                    "name",
                    container,
                    "resources",
                    object("requests", given),
                    "allocatedResources",
                    object("cpu", dice.pick("50m", "900m"), "memory", "300Mi"))));
    if (podLevel && dice.percent(60)) {
      status.put(
          "resources", object("requests", object("cpu", dice.pick("1", "4"), "memory", "4Gi")));
      status.put("allocatedResources", object("cpu", dice.pick("1500m", "5"), "memory", "2Gi"));
    }
    if (dice.percent(40)) {
      status.put(
          "conditions",
          List.of(
              object(
                  "type",
                  "PodResizePending",
                  "status",
                  "True",
                  "reason",
                  dice.pick("Infeasible", "Deferred"))));
    }
    return status;
  }

  private static Map<String, Object> container(String name) {
    return object("name", name, "image", "app:1");
  }

  private Map<String, Object> asking(String name, boolean extended) {
    Map<String, Object> requests = new LinkedHashMap<>();
    Map<String, Object> limits = new LinkedHashMap<>();
    String cpu =
        name.startsWith("init")
            ? dice.pick("300m", "1", "1500m")
            : dice.pick("0", "100m", "250m", "0.5", "900m", "1");
    ask("cpu", cpu, requests, limits, 70);
    ask("memory", dice.pick("64Mi", "500M", "1Gi", "0", "123456789"), requests, limits, 60);
    ask("ephemeral-storage", dice.pick("100Mi", "2G"), requests, limits, 20);
    if (extended) {
      for (String resource : WHOLE_ONLY) {
        if (dice.percent(15)) {
          String amount =
              resource.startsWith("huge") ? dice.pick("2Mi", "64Mi") : dice.pick("0", "1", "2");
          requests.put(resource, amount);
          limits.put(resource, amount);
          if (!limits.containsKey("cpu")) {
            requests.putIfAbsent("cpu", "10m");
          }
        }
      }
    }
    Map<String, Object> container = container(name);
    container.put("resources", object("requests", requests, "limits", limits));
    return container;
  }

  /** As a request, as a limit alone, or not at all. */
  private void ask(
      String resource,
      String amount,
      Map<String, Object> requests,
      Map<String, Object> limits,
      int percent) {
    if (dice.percent(percent)) {
      (dice.percent(25) ? limits : requests).put(resource, amount);
    }
  }

  private Map<String, Object> podLevel() {
    Map<String, Object> amounts = new LinkedHashMap<>();
    if (dice.percent(70)) {
      amounts.put("cpu", dice.pick("2", "3", "5500m"));
    }
    if (dice.percent(60)) {
      amounts.put("memory", dice.pick("3Gi", "6G"));
    }
    return dice.percent(60) ? object("requests", amounts) : object("limits", amounts);
  }
}
