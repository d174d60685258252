package dev.windlass.simulations.oracle;

import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Kubernetes objects as maps: from YAML, in the notation that their readers know, and by name. */
final class Manifest {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Manifest() {}

  /** The object that the text describes. */
  static Map<String, Object> of(String yaml) {
    return YAML.readValue(yaml, OBJECT);
  }

  /** A part that is there and is an object. */
  static Map<String, Object> part(Map<String, Object> parent, String name) {
    return object(Objects.requireNonNull(parent.get(name), name));
  }

  /** A value that is an object. */
  @SuppressWarnings("unchecked") // JSON objects are such maps
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  /** A part that is there and is a text. */
  static String text(Map<String, Object> parent, String name) {
    return (String) Objects.requireNonNull(parent.get(name), name);
  }
}
