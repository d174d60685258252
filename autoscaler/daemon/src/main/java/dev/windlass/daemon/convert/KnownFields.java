package dev.windlass.daemon.convert;

import dev.windlass.daemon.resource.CustomResourceDefinitions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Copies what the schema of a ReplicaScaler knows and names everything else. */
final class KnownFields {
  private final List<Remark> remarks;

  KnownFields(List<Remark> remarks) {
    this.remarks = remarks;
  }

  /**
   * The fields of a value that the part of the schema at a path has.
   *
   * @param value a part of the original
   * @param field where that stands, for remarks
   * @param path the names of properties from the scaler's root
   */
  JsonNode copy(JsonNode value, String field, String... path) {
    JSONSchemaProps schema = Scaler.SCHEMA;
    for (String name : path) {
      schema = Objects.requireNonNull(schema.getProperties().get(name), name);
    }
    return copy(value, schema, field);
  }

  private JsonNode copy(JsonNode value, JSONSchemaProps schema, String field) {
    @Nullable JSONSchemaPropsOrArray items = schema.getItems();
    if (value instanceof ArrayNode array && items != null) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        copy.add(copy(array.get(i), items.getSchema(), field + "[" + i + "]"));
      }
      return copy;
    }
    return value instanceof ObjectNode object && "object".equals(schema.getType())
        ? properties(object, schema, field)
        : value.deepCopy();
  }

  private ObjectNode properties(ObjectNode object, JSONSchemaProps schema, String field) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      String place = field + "." + each.getKey();
      @Nullable JSONSchemaProps known = property(schema, each.getKey());
      if (each.getValue().isNull()) {
        continue;
      }
      if (known == null) {
        remarks.add(new Remark(place, "not carried over: a ReplicaScaler has no such field"));
      } else {
        copy.set(each.getKey(), copy(each.getValue(), known, place));
      }
    }
    return copy;
  }

  private static @Nullable JSONSchemaProps property(JSONSchemaProps schema, String name) {
    @Nullable JSONSchemaPropsOrBool others = schema.getAdditionalProperties();
    if (others != null) {
      return others.getSchema();
    }
    return schema.getProperties() == null ? null : schema.getProperties().get(name);
  }

  /** Holds the schema, so that only those read it who convert. */
  private static final class Scaler {
    static final JSONSchemaProps SCHEMA =
        CustomResourceDefinitions.ofKind("ReplicaScaler")
            .orElseThrow()
            .getSpec()
            .getVersions()
            .getFirst()
            .getSchema()
            .getOpenAPIV3Schema();
  }
}
