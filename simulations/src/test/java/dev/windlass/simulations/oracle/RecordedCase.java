package dev.windlass.simulations.oracle;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A case with what kube-scheduler said of it.
 *
 * @param seed the generator's seed
 * @param namespaces the cluster's namespaces
 * @param nodes its nodes
 * @param running pods that are bound to one of them
 * @param pending the pod that waits
 * @param verdicts for each node the plugin that refused; empty where the pod may go
 */
record RecordedCase(
    long seed,
    List<Namespace> namespaces,
    List<Node> nodes,
    List<Pod> running,
    Pod pending,
    Map<String, String> verdicts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  RecordedCase {
    namespaces = List.copyOf(namespaces);
    nodes = List.copyOf(nodes);
    running = List.copyOf(running);
    verdicts = Map.copyOf(verdicts);
  }

  /** Shows every case of a recording, one at a time. */
  static void forEach(String resource, Consumer<RecordedCase> reader) throws IOException {
    InputStream recording =
        Objects.requireNonNull(RecordedCase.class.getResourceAsStream(resource), resource);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(recording), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.accept(read(JSON.readTree(line)));
      }
    }
  }

  private static RecordedCase read(JsonNode line) {
    JsonNode written = line.path("case");
    Map<String, String> verdicts = new TreeMap<>();
    line.path("verdicts").forEachEntry((node, plugin) -> verdicts.put(node, plugin.asString()));
    return new RecordedCase(
        written.path("seed").asLong(),
        objects(written.path("namespaces"), Namespace.class),
        objects(written.path("nodes"), Node.class),
        objects(written.path("running"), Pod.class),
        OBJECTS.unmarshal(written.path("pending").toString(), Pod.class),
        verdicts);
  }

  private static <T> List<T> objects(JsonNode list, Class<T> type) {
    return list.valueStream().map(each -> OBJECTS.unmarshal(each.toString(), type)).toList();
  }
}
