package dev.windlass.daemon.convert;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** ReplicaScalers as documents. */
public final class ScalerDocument {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  private ScalerDocument() {}

  /**
   * A scaler with the name and namespace of another object. Its labels stay behind: tools that
   * deploy track what they own by labels, and would prune an object that they don't know.
   */
  static ObjectNode named(JsonNode metadata) {
    ObjectNode scaler = JsonNodeFactory.instance.objectNode();
    scaler.put("apiVersion", CustomResourceDefinitions.API_VERSION);
    scaler.put("kind", "ReplicaScaler");
    ObjectNode head = scaler.putObject("metadata");
    head.put("name", metadata.path("name").asString(""));
    if (metadata.hasNonNull("namespace")) {
      head.put("namespace", metadata.path("namespace").asString(""));
    }
    return scaler;
  }

  /** The name of a namespaced object. */
  static ObjectKey key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(
        metadata.path("namespace").asString("default"), metadata.path("name").asString(""));
  }

  /** All scalers as one YAML stream, each with its origin and its remarks as comments. */
  public static String write(List<Conversion> conversions) {
    StringBuilder text = new StringBuilder();
    for (Conversion each : conversions) {
      String body = YAML.writeValueAsString(each.scaler());
      text.append("---\n# From ").append(each.origin()).append(".\n");
      each.remarks().forEach(remark -> text.append("# ").append(remark).append('\n'));
      text.append(body.startsWith("---") ? body.substring(body.indexOf('\n') + 1) : body);
    }
    return text.toString();
  }
}
