package dev.windlass.simulations.world;

import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.apiserver.selector.LabelSelector;
import dev.windlass.simulations.apiserver.selector.LabelSelectorParser;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metrics server and a custom-metrics adapter in one, answering from a world's load. They exist
 * before the world does, as the API server is started first: until then nobody reports anything.
 */
public final class MetricsApis {
  private final AtomicReference<Supplier<List<LoadModel>>> load = new AtomicReference<>(List::of);
  private final InstantSource clock;

  public MetricsApis(InstantSource clock) {
    this.clock = clock;
  }

  /** Lets the APIs answer from this world. */
  public void connect(World world) {
    load.set(() -> List.of(world.load()));
  }

  /** What the API server is to be started with. */
  public List<AggregatedApi> all() {
    return List.of(new PodMetricsApi(this, clock), new CustomMetricsApi(this, clock));
  }

  /** The cpu of all ready pods, for a Prometheus to scrape. */
  public String cpuPage() {
    StringBuilder page = new StringBuilder("# TYPE pod_cpu_cores gauge\n");
    for (LoadModel each : load()) {
      for (String namespace : each.namespaces()) {
        for (LoadModel.Sample sample : each.cpu(namespace, clock.instant())) {
          page.append(
              "pod_cpu_cores{namespace=\"%s\",pod=\"%s\"} %s\n"
                  .formatted(namespace, sample.pod().getMetadata().getName(), sample.value()));
        }
      }
    }
    return page.toString();
  }

  /** The load, if there is a world yet. */
  List<LoadModel> load() {
    return load.get().get();
  }

  static boolean selected(Pod pod, Map<String, String> query) {
    LabelSelector selector = LabelSelectorParser.parse(query.getOrDefault("labelSelector", ""));
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ObjectNode labels = object.putObject("metadata").putObject("labels");
    Map<String, String> given = pod.getMetadata().getLabels();
    if (given != null) {
      given.forEach(labels::put);
    }
    return selector.matches(object);
  }
}
