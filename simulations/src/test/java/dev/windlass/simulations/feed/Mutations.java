package dev.windlass.simulations.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes an object as a newer API, a careless controller or a hostile user could: fields that
 * nobody knows, values that nobody has defined, parts that are missing. A field keeps its JSON
 * type, as a server would see to, and the object its name.
 */
final class Mutations {
  private static final String LONGEST_LABEL = "a".repeat(63);
  private static final List<String> TEXTS =
      List.of(
          "",
          "NewerValue",
          LONGEST_LABEL,
          "a.".repeat(126) + "a/" + LONGEST_LABEL,
          "-1",
          "1e400",
          "99999999999999999999",
          "100%",
          "0.0000000001",
          "🦆",
          "2026-13-45T99:99:99Z",
          "../../etc");
  private static final int[] NUMBERS = {-1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE};

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  /** One to four changes, in place. */
  void apply(ObjectNode object) {
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      List<Place> places = new ArrayList<>();
      collect(object, "", places);
      if (!places.isEmpty()) {
        change(places.get(random.nextInt(places.size())));
      }
    }
  }

  private record Place(ObjectNode parent, String field) {
    JsonNode value() {
      return parent.get(field);
    }
  }

  private static void collect(JsonNode node, String path, List<Place> places) {
    if (node instanceof ObjectNode object) {
      for (String field : object.propertyNames()) {
        String here = path + "/" + field;
        if (!List.of("/apiVersion", "/kind", "/metadata/name", "/metadata/namespace")
            .contains(here)) {
          if (!here.equals("/metadata")) {
            places.add(new Place(object, field));
          }
          collect(object.get(field), here, places);
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(each -> collect(each, path + "/0", places));
    }
  }

  private void change(Place place) {
    ObjectNode parent = place.parent();
    switch (random.nextInt(6)) {
      case 0 -> parent.remove(place.field());
      case 1 -> parent.putNull(place.field());
      case 2 -> addUnknown(parent);
      default -> replace(place);
    }
  }

  /** In what may be a map of texts only another text is possible. */
  private static void addUnknown(ObjectNode parent) {
    if (parent.valueStream().allMatch(JsonNode::isString)) {
      parent.put("fieldOfTheFuture", "1");
    } else {
      parent.putObject("fieldOfTheFuture").put("answer", 42);
    }
  }

  private void replace(Place place) {
    JsonNode value = place.value();
    ObjectNode parent = place.parent();
    if (value.isString()) {
      parent.put(place.field(), TEXTS.get(random.nextInt(TEXTS.size())));
    } else if (value.isNumber()) {
      parent.put(place.field(), NUMBERS[random.nextInt(NUMBERS.length)]);
    } else if (value.isBoolean()) {
      parent.put(place.field(), !value.asBoolean());
    } else if (value instanceof ArrayNode array) {
      ArrayNode changed = JsonNodeFactory.instance.arrayNode();
      if (random.nextBoolean()) {
        changed.addAll(array).addAll(array);
      }
      parent.set(place.field(), changed);
    } else {
      parent.set(place.field(), JsonNodeFactory.instance.objectNode());
    }
  }
}
