package dev.windlass.simulations.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A case with what kube-scheduler said of it.
 *
 * @param seed the generator's seed
 * @param objects every object of the cluster, as a List
 * @param namespace where the pod that waits is
 * @param verdicts for each node the plugin that refused; empty where the pod may go
 * @param bound the same if the case has nominated pods, and they run already
 */
record RecordedCase(
    long seed,
    JsonNode objects,
    String namespace,
    Map<String, String> verdicts,
    Map<String, String> bound) {
  /** The name of the pod that waits. */
  static final String PENDING = "pending";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  RecordedCase {
    verdicts = Map.copyOf(verdicts);
    bound = Map.copyOf(bound);
  }

  /** Shows every case of a recording on the class path, one at a time. */
  static void forEach(String resource, Consumer<RecordedCase> reader) throws IOException {
    InputStream recording =
        Objects.requireNonNull(RecordedCase.class.getResourceAsStream(resource), resource);
    try (InputStream unpacked = new GZIPInputStream(recording)) {
      forEach(unpacked, reader);
    }
  }

  /** Shows every case of a recording, one at a time. */
  static void forEach(InputStream recording, Consumer<RecordedCase> reader) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(recording, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      reader.accept(read(JSON.readTree(line)));
    }
  }

  private static RecordedCase read(JsonNode line) {
    JsonNode written = line.path("case");
    ArrayNode items = JSON.createArrayNode();
    for (String part : new String[] {"namespaces", "nodes", "objects", "running", "nominated"}) {
      written.path(part).forEach(items::add);
    }
    items.add(written.path(PENDING));
    return new RecordedCase(
        written.path("seed").asLong(),
        JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List").set("items", items),
        written.path(PENDING).path("metadata").path("namespace").asString(),
        verdicts(line.path("verdicts")),
        verdicts(line.path("bound")));
  }

  private static Map<String, String> verdicts(JsonNode written) {
    Map<String, String> verdicts = new TreeMap<>();
    written.forEachEntry((node, plugin) -> verdicts.put(node, plugin.asString()));
    return verdicts;
  }
}
