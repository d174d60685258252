package dev.windlass.simulations.world;

import dev.windlass.simulations.apiserver.AggregatedApi;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code custom.metrics.k8s.io}: a metric of all pods (path {@code namespaces/NS/pods/ALL/METRIC}
 * with a star for ALL) or of a Deployment ({@code namespaces/NS/deployments.apps/NAME/METRIC}).
 */
final class CustomMetricsApi implements AggregatedApi {
  private final MetricsApis apis;
  private final InstantSource clock;

  CustomMetricsApi(MetricsApis apis, InstantSource clock) {
    this.apis = apis;
    this.clock = clock;
  }

  @Override
  public String groupVersion() {
    return "custom.metrics.k8s.io/v1beta1";
  }

  @Override
  public List<Resource> resources() {
    return List.of(
        new Resource("pods/queue_depth", "MetricValueList", true),
        new Resource("deployments.apps/queue_depth", "MetricValueList", true));
  }

  @Override
  public Optional<JsonNode> get(String path, Map<String, String> query) {
    String[] parts = path.split("/", -1);
    if (parts.length != 5 || !parts[0].equals("namespaces")) {
      return Optional.empty();
    }
    return switch (parts[2]) {
      case "pods" -> Optional.of(ofPods(parts[1], parts[4], query));
      case "deployments.apps" -> ofDeployment(parts[1], parts[3], parts[4]);
      default -> Optional.empty();
    };
  }

  private JsonNode ofPods(String namespace, String metric, Map<String, String> query) {
    Instant now = clock.instant();
    ObjectNode list = list();
    ArrayNode items = list.putArray("items");
    for (LoadModel load : apis.load()) {
      load.metric(namespace, metric, now).stream()
          .filter(sample -> MetricsApis.selected(sample.pod(), query))
          .forEach(sample ->
              write(
                  items.addObject(),
                  described("Pod", "v1", namespace, sample.pod().getMetadata().getName()),
                  metric,
                  sample.value()));
    }
    return list;
  }

  private Optional<JsonNode> ofDeployment(String namespace, String name, String metric) {
    ObjectNode list = list();
    ArrayNode items = list.putArray("items");
    for (LoadModel load : apis.load()) {
      load.total(namespace, name, metric, clock.instant())
          .ifPresent(value ->
              write(
                  items.addObject(),
                  described("Deployment", "apps/v1", namespace, name),
                  metric,
                  value));
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private ObjectNode list() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "MetricValueList").put("apiVersion", groupVersion());
    list.putObject("metadata");
    return list;
  }

  private static ObjectNode described(
      String kind, String apiVersion, String namespace, String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", kind)
        .put("apiVersion", apiVersion)
        .put("namespace", namespace)
        .put("name", name);
  }

  private void write(ObjectNode item, ObjectNode described, String metric, double value) {
    item.set("describedObject", described);
    item.put("metricName", metric);
    item.put("timestamp", clock.instant().toString());
    item.put("value", Math.round(value * 1000) + "m");
  }
}
