package dev.windlass.simulations.replicas;

import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.replicas.ScalerCase.PodCase;
import dev.windlass.simulations.replicas.ScalerCase.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The three metrics APIs with numbers that follow from the seed and the round alone, so that
 * whoever asks within a round reads the same. Some pods report nothing, and some metrics are not
 * there.
 */
final class StubMetrics {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final long seed;
  private final Map<Integer, ScalerCase> cases = new HashMap<>();
  private final AtomicInteger round = new AtomicInteger();

  StubMetrics(long seed, List<ScalerCase> cases) {
    this.seed = seed;
    cases.forEach(each -> this.cases.put(each.number(), each));
  }

  /** The name of a case's custom or external metric. */
  static String name(int number) {
    return "load-" + number;
  }

  /** From now on other numbers count. */
  void nextRound() {
    round.incrementAndGet();
  }

  List<AggregatedApi> apis() {
    return List.of(
        new Api("metrics.k8s.io/v1beta1", "pods", "PodMetrics", this::podMetrics),
        new Api("custom.metrics.k8s.io/v1beta2", "pods/load", "MetricValueList", this::custom),
        new Api(
            "external.metrics.k8s.io/v1beta1", "load", "ExternalMetricValueList", this::external));
  }

  private record Api(
      String groupVersion,
      String plural,
      String kind,
      BiFunction<String[], Map<String, String>, Optional<JsonNode>> answer)
      implements AggregatedApi {
    @Override
    public List<Resource> resources() {
      return List.of(new Resource(plural, kind, true));
    }

    @Override
    public Optional<JsonNode> get(String path, Map<String, String> query) {
      return answer.apply(path.split("/", -1), query);
    }
  }

  private Optional<JsonNode> podMetrics(String[] path, Map<String, String> query) {
    ObjectNode list = list("PodMetricsList", "metrics.k8s.io/v1beta1");
    ArrayNode items = list.putArray("items");
    for (PodCase pod : selected(query)) {
      if (reports(pod)) {
        ObjectNode item = items.addObject();
        item.putObject("metadata").put("name", pod.name()).put("namespace", path[1]);
        item.put("timestamp", Instant.now().toString()).put("window", "15s");
        ArrayNode containers = item.putArray("containers");
        for (int i = 0; i < pod.cpuMilli().size(); i++) {
          containers
              .addObject()
              .put("name", "c" + i)
              .putObject("usage")
              .put("cpu", number(pod.name() + " c" + i, 1200) + "m")
              .put("memory", "64Mi");
        }
      }
    }
    return Optional.of(list);
  }

  private Optional<JsonNode> custom(String[] path, Map<String, String> query) {
    if (isMissing(path[4])) {
      return Optional.empty();
    }
    ObjectNode list = list("MetricValueList", "custom.metrics.k8s.io/v1beta2");
    ArrayNode items = list.putArray("items");
    if (path[2].equals("services")) {
      value(items, "Service", path[3], path[4], 6000);
      return Optional.of(list);
    }
    for (PodCase pod : selected(query)) {
      if (reports(pod)) {
        value(items, "Pod", pod.name(), path[4], 3000);
      }
    }
    return Optional.of(list);
  }

  private void value(ArrayNode items, String kind, String name, String metric, int bound) {
    ObjectNode item = items.addObject();
    item.putObject("describedObject")
        .put("kind", kind)
        .put("apiVersion", "v1")
        .put("namespace", "default")
        .put("name", name);
    item.putObject("metric").put("name", metric);
    item.put("timestamp", Instant.now().toString());
    item.put("value", number(name + " " + metric, bound) + "m");
  }

  private Optional<JsonNode> external(String[] path, Map<String, String> query) {
    if (isMissing(path[2])) {
      return Optional.empty();
    }
    ObjectNode list = list("ExternalMetricValueList", "external.metrics.k8s.io/v1beta1");
    list.putArray("items")
        .addObject()
        .put("metricName", path[2])
        .put("timestamp", Instant.now().toString())
        .put("value", number(path[2], 6000) + "m");
    return Optional.of(list);
  }

  private static ObjectNode list(String kind, String groupVersion) {
    ObjectNode list = JSON.createObjectNode();
    list.put("kind", kind).put("apiVersion", groupVersion).putObject("metadata");
    return list;
  }

  private List<PodCase> selected(Map<String, String> query) {
    String selector = query.getOrDefault("labelSelector", "");
    int number = Integer.parseInt(selector.substring(selector.indexOf('=') + 1));
    return Objects.requireNonNull(cases.get(number)).pods();
  }

  private boolean reports(PodCase pod) {
    return (pod.state() == State.READY || pod.state() == State.UNREADY)
        && random("reports " + pod.name()).nextInt(12) > 0;
  }

  private boolean isMissing(String metric) {
    return random("missing " + round.get() + " " + metric).nextInt(12) == 0;
  }

  /** A number that stays the same throughout a round. */
  private int number(String name, int bound) {
    double level = 0.2 + random("level " + round.get() + " " + name.split(" ", -1)[0]).nextDouble();
    return (int) Math.round(level * random(round.get() + " " + name).nextInt(bound));
  }

  private SplittableRandom random(String name) {
    return new SplittableRandom(seed * 31 + name.hashCode());
  }
}
