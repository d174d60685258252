package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Price;
import dev.windlass.daemon.plan.PlanDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a JSON object field by field, in the order of the calls; what is not known is left out.
 */
final class Fields {
  static final String API_VERSION = PlanDocument.API_VERSION;

  private final ObjectNode node;

  private Fields(ObjectNode node) {
    this.node = node;
  }

  static Fields object() {
    return new Fields(JsonNodeFactory.instance.objectNode());
  }

  /** Adds to an object that exists. */
  static Fields of(ObjectNode node) {
    return new Fields(node);
  }

  /** A document of this kind. */
  static Fields document(String kind) {
    return object().put("apiVersion", API_VERSION).put("kind", kind);
  }

  Fields put(String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
    return this;
  }

  Fields put(String name, @Nullable Instant value) {
    return put(name, value == null ? null : value.toString());
  }

  Fields put(String name, long value) {
    node.put(name, value);
    return this;
  }

  Fields put(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  /** In US dollars an hour; left out when it is not known. */
  Fields put(String name, Price price) {
    if (price.known()) {
      node.put(name, price.usdPerHour());
    }
    return this;
  }

  Fields put(String name, JsonNode value) {
    node.set(name, value);
    return this;
  }

  Fields put(String name, Fields value) {
    return put(name, value.node);
  }

  <T> Fields list(String name, Collection<T> values, Function<T, Fields> write) {
    ArrayNode array = node.putArray(name);
    values.forEach(value -> array.add(write.apply(value).node));
    return this;
  }

  Fields strings(String name, List<String> values) {
    ArrayNode array = node.putArray(name);
    values.forEach(array::add);
    return this;
  }

  ObjectNode node() {
    return node;
  }
}
