package dev.windlass.simulations.world;

import dev.windlass.simulations.apiserver.AggregatedApi;
import io.fabric8.kubernetes.api.model.Container;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code metrics.k8s.io}: the cpu of each ready pod, shared evenly by its containers. */
final class PodMetricsApi implements AggregatedApi {
  private static final String MEMORY = "256Mi";
  private static final String WINDOW = "15s";

  private final MetricsApis apis;
  private final InstantSource clock;

  PodMetricsApi(MetricsApis apis, InstantSource clock) {
    this.apis = apis;
    this.clock = clock;
  }

  @Override
  public String groupVersion() {
    return "metrics.k8s.io/v1beta1";
  }

  @Override
  public List<Resource> resources() {
    return List.of(new Resource("pods", "PodMetrics", true));
  }

  @Override
  public Optional<JsonNode> get(String path, Map<String, String> query) {
    String[] parts = path.split("/", -1);
    if (parts.length != 3 || !parts[0].equals("namespaces") || !parts[2].equals("pods")) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "PodMetricsList").put("apiVersion", groupVersion());
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (LoadModel load : apis.load()) {
      load.cpu(parts[1], now).stream()
          .filter(sample -> MetricsApis.selected(sample.pod(), query))
          .forEach(sample -> write(items.addObject(), sample, now));
    }
    return Optional.of(list);
  }

  private static void write(ObjectNode item, LoadModel.Sample sample, Instant now) {
    item.putObject("metadata")
        .put("name", sample.pod().getMetadata().getName())
        .put("namespace", sample.pod().getMetadata().getNamespace());
    item.put("timestamp", now.toString()).put("window", WINDOW);
    ArrayNode containers = item.putArray("containers");
    List<Container> all = sample.pod().getSpec().getContainers();
    for (Container container : all) {
      containers
          .addObject()
          .put("name", container.getName())
          .putObject("usage")
          .put("cpu", Math.round(sample.value() * 1e9 / all.size()) + "n")
          .put("memory", MEMORY);
    }
  }
}
