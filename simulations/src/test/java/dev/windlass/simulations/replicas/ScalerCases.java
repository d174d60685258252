package dev.windlass.simulations.replicas;

import dev.windlass.simulations.replicas.ScalerCase.PodCase;
import dev.windlass.simulations.replicas.ScalerCase.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random cases of what both scalers do the same. Windows and periods are nothing or so long that
 * they outlast a test, so that the moment of a sync does not matter.
 */
final class ScalerCases {
  private static final int LONG_SECONDS = 1800;

  private final RandomGenerator random;

  ScalerCases(RandomGenerator random) {
    this.random = random;
  }

  ScalerCase next(int number) {
    int replicas = 1 + random.nextInt(8);
    int count = Math.max(1, replicas + random.nextInt(3) - 1);
    int containers = 1 + random.nextInt(2);
    List<PodCase> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pods.add(pod("case-" + number + "-" + i, containers));
    }
    return new ScalerCase(number, replicas, pods, spec(number, replicas));
  }

  private PodCase pod(String name, int containers) {
    int dice = random.nextInt(20);
    State state =
        dice < 14
            ? State.READY
            : dice < 16
                ? State.UNREADY
                : dice < 17 ? State.NEVER_READY : dice < 19 ? State.PENDING : State.FAILED;
    List<Integer> requests = new ArrayList<>();
    for (int i = 0; i < containers; i++) {
      requests.add(chance(1, 60) ? 0 : 100 * (1 + random.nextInt(8)));
    }
    return new PodCase(name, state, chance(1, 5), requests);
  }

  private Map<String, Object> spec(int number, int replicas) {
    Map<String, Object> spec = new LinkedHashMap<>();
    List<Object> metrics = new ArrayList<>();
    int count = chance(1, 3) ? 2 : 1;
    for (int i = 0; i < count; i++) {
      metrics.add(metric(number));
    }
    int min = 1 + random.nextInt(Math.max(1, replicas));
    spec.put("minReplicas", min);
    spec.put("maxReplicas", Math.max(min, replicas) + random.nextInt(20));
    spec.put("metrics", metrics);
    Map<String, Object> behavior = new LinkedHashMap<>();
    behavior.put("scaleUp", rules(true));
    if (chance(5, 6)) {
      behavior.put("scaleDown", rules(chance(1, 2)));
    }
    spec.put("behavior", behavior);
    return spec;
  }

  /** The usual policies of growth have a period of 15 seconds, so a case never relies on them. */
  private Map<String, Object> rules(boolean limited) {
    Map<String, Object> rules = new LinkedHashMap<>();
    rules.put("stabilizationWindowSeconds", chance(4, 5) ? 0 : LONG_SECONDS);
    if (chance(1, 4)) {
      rules.put("tolerance", "0." + random.nextInt(4));
    }
    if (limited) {
      rules.put("selectPolicy", chance(1, 10) ? "Disabled" : chance(1, 2) ? "Max" : "Min");
      List<Object> policies = new ArrayList<>();
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        boolean pods = chance(1, 2);
        policies.add(
            Map.of(
                "type", pods ? "Pods" : "Percent",
                "value", pods ? 1 + random.nextInt(5) : 20 * (1 + random.nextInt(15)),
                "periodSeconds", LONG_SECONDS));
      }
      rules.put("policies", policies);
    }
    return rules;
  }

  private Map<String, Object> metric(int number) {
    int milli = 50 + random.nextInt(2000);
    Map<String, Object> average = Map.of("type", "AverageValue", "averageValue", milli + "m");
    Map<String, Object> utilization =
        Map.of("type", "Utilization", "averageUtilization", 20 + random.nextInt(150));
    Map<String, Object> value = Map.of("type", "Value", "value", milli + "m");
    Map<String, Object> name = Map.of("name", StubMetrics.name(number));
    return switch (random.nextInt(7)) {
      case 0, 1 -> source("Resource", Map.of("name", "cpu", "target", utilization));
      case 2 -> source("Resource", Map.of("name", "cpu", "target", average));
      case 3 ->
          source(
              "ContainerResource", Map.of("name", "cpu", "container", "c0", "target", utilization));
      case 4 -> source("Pods", Map.of("metric", name, "target", average));
      case 5 ->
          source(
              "Object",
              Map.of(
                  "metric",
                  name,
                  "describedObject",
                  Map.of("apiVersion", "v1", "kind", "Service", "name", "case-" + number),
                  "target",
                  chance(1, 2) ? value : average));
      default ->
          source("External", Map.of("metric", name, "target", chance(1, 2) ? value : average));
    };
  }

  private static Map<String, Object> source(String type, Map<String, Object> fields) {
    String field = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return Map.of("type", type, field, fields);
  }

  private boolean chance(int of, int all) {
    return random.nextInt(all) < of;
  }
}
