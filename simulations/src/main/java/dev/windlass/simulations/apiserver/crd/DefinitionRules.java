package dev.windlass.simulations.apiserver.crd;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a definition of a custom resource must look like. */
public final class DefinitionRules {
  private static final String SCHEMA = "spec.validation.openAPIV3Schema";
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");

  private DefinitionRules() {}

  public static List<Cause> check(JsonNode definition) {
    List<Cause> causes = new ArrayList<>();
    JsonNode spec = definition.path("spec");
    String name = Json.string(definition, "metadata", "name");
    String wanted = Json.string(spec, "names", "plural") + "." + Json.string(spec, "group");
    if (!name.equals(wanted)) {
      causes.add(Cause.quoted("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
    }
    for (String required : List.of("group", "scope")) {
      if (Json.string(spec, required).isEmpty()) {
        causes.add(Cause.required("spec." + required, ""));
      }
    }
    if (Json.string(spec, "names", "kind").isEmpty()) {
      causes.add(Cause.required("spec.names.kind", ""));
    }
    long stored = 0;
    int i = 0;
    for (JsonNode version : spec.path("versions")) {
      stored += Json.isTrue(version, "storage") ? 1 : 0;
      version(version, "spec.versions[" + i + "]", causes);
      i++;
    }
    if (stored != 1) {
      causes.add(
          Cause.invalid(
              "spec.versions", "null", "must have exactly one version marked as storage version"));
    }
    return causes;
  }

  private static void version(JsonNode version, String path, List<Cause> causes) {
    JsonNode schema = Json.at(version, "schema", "openAPIV3Schema");
    if (!schema.isObject()) {
      causes.add(Cause.required(path + ".schema.openAPIV3Schema", "schemas are required"));
      return;
    }
    if (!Json.string(schema, "type").equals("object")) {
      causes.add(Cause.required(SCHEMA + ".type", "must be object at the root"));
      return;
    }
    structural(schema, SCHEMA, causes);
  }

  private static void structural(JsonNode schema, String path, List<Cause> causes) {
    String type = Json.string(schema, "type");
    boolean free =
        Json.isTrue(schema, "x-kubernetes-int-or-string")
            || Json.isTrue(schema, "x-kubernetes-preserve-unknown-fields");
    if (type.isEmpty() && !free) {
      causes.add(Cause.required(path + ".type", "must not be empty for specified object fields"));
    } else if (!type.isEmpty() && !TYPES.contains(type)) {
      causes.add(
          Cause.unsupported(
              path + ".type", type, "array", "boolean", "integer", "number", "object", "string"));
    }
    if (schema.has("default")) {
      SchemaRules.checkValue(Schema.of(schema), schema.path("default"), path + ".default")
          .forEach(causes::add);
    }
    if (schema.has("x-kubernetes-validations")) {
      for (Cause mistake : Schema.of(schema).expressions().mistakes()) {
        causes.add(new Cause(mistake.reason(), mistake.message(), path + "." + mistake.field()));
      }
    }
    for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
      structural(entry.getValue(), path + ".properties[" + entry.getKey() + "]", causes);
    }
    if (schema.path("items").isObject()) {
      structural(schema.path("items"), path + ".items", causes);
    } else if (type.equals("array")) {
      causes.add(Cause.required(path + ".items", "must be specified"));
    }
    if (schema.path("additionalProperties").isObject()) {
      structural(schema.path("additionalProperties"), path + ".additionalProperties", causes);
    }
  }
}
