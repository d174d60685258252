package dev.windlass.simulations.apiserver.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Where a selectable field stands in an object, and the text that stands for its absence. */
public record FieldPath(List<String> names, String absent) {
  public FieldPath {
    names = List.copyOf(names);
  }

  /** Reads {@code spec.nodeName} or {@code .spec.nodeName}. */
  public static FieldPath of(String dotted, String absent) {
    String bare = dotted.startsWith(".") ? dotted.substring(1) : dotted;
    return new FieldPath(List.of(bare.split("\\.")), absent);
  }

  public String read(JsonNode object) {
    JsonNode here = object;
    for (String name : names) {
      here = here.path(name);
    }
    return here.isValueNode() && !here.isNull() ? here.asString() : absent;
  }

  public JsonNode node(JsonNode object) {
    JsonNode here = object;
    for (String name : names) {
      here = here.path(name);
    }
    return here;
  }
}
