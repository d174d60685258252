package dev.windlass.simulations.apiserver.model;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads, writes and looks into JSON trees. Trees that the store has taken are never changed. */
public final class Json {
  private static final int MAX_DEPTH = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }

  /** A number node as the parser would make it, so that equal numbers are equal nodes. */
  public static JsonNode number(long value) {
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** Parses JSON; an empty body or text after the value is a {@link JacksonException}. */
  public static JsonNode parse(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }

  public static JsonNode parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether an object in the text has a member twice. */
  public static boolean hasDoubles(byte[] bytes) {
    try {
      STRICT.readTree(bytes);
      return false;
    } catch (JacksonException _) {
      return true;
    }
  }

  public static JsonNode parseYaml(byte[] bytes) {
    return YAML.readTree(bytes);
  }

  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  public static byte[] yaml(JsonNode node) {
    return YAML.writeValueAsBytes(node);
  }

  /** The node at a path of member names, or a missing node. */
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String name : path) {
      here = here.path(name);
    }
    return here;
  }

  /** The text at a path, or the empty text when there is no text. */
  public static String string(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isString() ? found.stringValue() : "";
  }

  /** The integer at a path, or the given one when there is none. */
  public static long integer(JsonNode node, long absent, String... path) {
    JsonNode found = at(node, path);
    return found.isIntegralNumber() ? found.longValue() : absent;
  }

  public static boolean isTrue(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isBoolean() && found.booleanValue();
  }

  /** The object under a member, made when absent or of another type. */
  public static ObjectNode child(ObjectNode parent, String name) {
    JsonNode found = parent.path(name);
    return found instanceof ObjectNode object ? object : parent.putObject(name);
  }

  /** The list under a member, made when absent or of another type. */
  public static ArrayNode list(ObjectNode parent, String name) {
    JsonNode found = parent.path(name);
    return found instanceof ArrayNode array ? array : parent.putArray(name);
  }

  /** Sets a member unless it is there. */
  public static void putDefault(ObjectNode parent, String name, JsonNode value) {
    if (!parent.has(name)) {
      parent.set(name, value);
    }
  }

  public static void putDefault(ObjectNode parent, String name, String value) {
    putDefault(parent, name, text(value));
  }

  public static void putDefault(ObjectNode parent, String name, long value) {
    putDefault(parent, name, number(value));
  }
}
