package dev.windlass.simulations.apiserver.patch;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges as the shape of a built-in kind says: lists with a merge key element by element, new
 * elements first, plain sets as unions, all else replaced; with the directives {@code $patch},
 * {@code $retainKeys}, {@code $setElementOrder} and {@code $deleteFromPrimitiveList}.
 */
public final class StrategicMergePatch {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  private StrategicMergePatch() {}

  /** The target with the patch merged in; neither argument is changed. */
  public static ObjectNode apply(ObjectNode target, ObjectNode patch, Shape.Struct shape) {
    return object(target, patch, shape);
  }

  private static ObjectNode object(ObjectNode target, ObjectNode patch, @Nullable Shape shape) {
    String directive = Json.string(patch, DIRECTIVE);
    if (directive.equals("replace") || directive.equals("delete")) {
      ObjectNode plain = patch.deepCopy();
      plain.remove(DIRECTIVE);
      return directive.equals("delete") ? Json.object() : plain;
    }
    if (!directive.isEmpty() && !directive.equals("merge")) {
      throw unknownDirective(directive, patch);
    }
    ObjectNode result = target.deepCopy();
    retain(result, patch);
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      if (name.startsWith(DELETE_FROM)) {
        deleteFrom(result, name.substring(DELETE_FROM.length()), entry.getValue());
      } else if (name.charAt(0) != '$') {
        member(result, name, entry.getValue(), child(shape, name));
      }
    }
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (entry.getKey().startsWith(ORDER)) {
        String name = entry.getKey().substring(ORDER.length());
        reorder(result, name, entry.getValue(), child(shape, name));
      }
    }
    return result;
  }

  private static ApiFailure unknownDirective(String directive, ObjectNode patch) {
    return ApiFailure.internal("unknown patch type: " + directive + " in map: " + goMap(patch));
  }

  private static String goMap(ObjectNode node) {
    List<String> parts = new ArrayList<>();
    node.properties().forEach(e -> parts.add(e.getKey() + ":" + e.getValue().asString("...")));
    parts.sort(null);
    return "map[" + String.join(" ", parts) + "]";
  }

  private static void retain(ObjectNode result, ObjectNode patch) {
    if (patch.path(RETAIN) instanceof ArrayNode kept) {
      Set<String> names = new HashSet<>();
      kept.forEach(n -> names.add(n.asString()));
      result.retain(names);
    }
  }

  private static @Nullable Shape child(@Nullable Shape shape, String name) {
    return switch (shape) {
      case Shape.Struct struct -> struct.field(name);
      case Shape.MapOf map -> map.value();
      case null, default -> null;
    };
  }

  private static void member(
      ObjectNode result, String name, JsonNode value, @Nullable Shape shape) {
    JsonNode old = result.path(name);
    if (value.isNull()) {
      result.remove(name);
    } else if (value instanceof ObjectNode nested) {
      result.set(name, object(old instanceof ObjectNode o ? o : Json.object(), nested, shape));
    } else if (value instanceof ArrayNode items && shape instanceof Shape.ListOf list) {
      result.set(name, list(old instanceof ArrayNode a ? a : Json.array(), items, list));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static ArrayNode list(ArrayNode old, ArrayNode patch, Shape.ListOf shape) {
    return switch (shape.patch().mode()) {
      case ATOMIC -> patch.deepCopy();
      case SET -> union(old, patch);
      case KEYED -> keyed(old, patch, shape, shape.patch().keys().getFirst());
    };
  }

  private static ArrayNode union(ArrayNode old, ArrayNode patch) {
    List<JsonNode> touched = new ArrayList<>();
    patch.forEach(touched::add);
    List<JsonNode> order = new ArrayList<>();
    old.forEach(order::add);
    List<JsonNode> kept = order.stream().filter(item -> !contains(patch, item)).toList();
    return interleave(kept, touched, order::indexOf);
  }

  /** Elements of the patch come first unless both were there before in another order. */
  private static ArrayNode interleave(
      List<JsonNode> kept, List<JsonNode> touched, ToIntFunction<JsonNode> place) {
    ArrayNode result = Json.array();
    int i = 0;
    for (JsonNode item : touched) {
      int at = place.applyAsInt(item);
      while (at >= 0 && i < kept.size() && place.applyAsInt(kept.get(i)) < at) {
        result.add(kept.get(i));
        i++;
      }
      result.add(item);
    }
    kept.subList(i, kept.size()).forEach(result::add);
    return result;
  }

  private static boolean contains(ArrayNode list, JsonNode item) {
    for (JsonNode other : list) {
      if (other.equals(item)) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode keyed(ArrayNode old, ArrayNode patch, Shape.ListOf shape, String key) {
    List<JsonNode> result = new ArrayList<>();
    boolean replaced = false;
    for (JsonNode item : patch) {
      replaced |= item.size() == 1 && Json.string(item, DIRECTIVE).equals("replace");
    }
    if (!replaced) {
      old.forEach(result::add);
    }
    List<JsonNode> order = List.copyOf(result);
    List<JsonNode> touched = new ArrayList<>();
    for (JsonNode item : patch) {
      if (!(item instanceof ObjectNode element)) {
        throw ApiFailure.badRequest("cannot restore slice from map");
      }
      if (!(element.size() == 1 && element.has(DIRECTIVE))) {
        element(result, touched, element, shape.item(), key);
      }
    }
    return interleave(result, touched, item -> indexOf(order, key, item.path(key)));
  }

  private static void element(
      List<JsonNode> result, List<JsonNode> touched, ObjectNode element, Shape item, String key) {
    if (!element.has(key)) {
      throw ApiFailure.internal(
          "map: " + goMap(element) + " does not contain declared merge key: " + key);
    }
    int at = indexOf(result, key, element.path(key));
    String directive = Json.string(element, DIRECTIVE);
    switch (directive) {
      case "delete" -> {
        if (at >= 0) {
          result.remove(at);
        }
      }
      case "", "merge", "replace" -> {
        boolean merge =
            at >= 0 && !directive.equals("replace") && result.get(at) instanceof ObjectNode;
        ObjectNode base = merge ? (ObjectNode) result.get(at) : Json.object();
        ObjectNode next = object(base, element, item);
        if (at >= 0) {
          result.remove(at);
        }
        touched.add(next);
      }
      default -> throw unknownDirective(directive, element);
    }
  }

  private static int indexOf(List<JsonNode> items, String key, JsonNode wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path(key).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static void deleteFrom(ObjectNode result, String name, JsonNode gone) {
    if (result.path(name) instanceof ArrayNode list && gone instanceof ArrayNode values) {
      ArrayNode kept = Json.array();
      for (JsonNode item : list) {
        if (!contains(values, item)) {
          kept.add(item);
        }
      }
      result.set(name, kept);
    }
  }

  private static void reorder(
      ObjectNode result, String name, JsonNode order, @Nullable Shape shape) {
    if (!(result.path(name) instanceof ArrayNode list) || !(shape instanceof Shape.ListOf of)) {
      return;
    }
    List<JsonNode> left = new ArrayList<>();
    list.forEach(left::add);
    ArrayNode sorted = Json.array();
    for (JsonNode wanted : order) {
      int at =
          of.patch().keys().isEmpty()
              ? left.indexOf(wanted)
              : indexOf(
                  left, of.patch().keys().getFirst(), wanted.path(of.patch().keys().getFirst()));
      if (at >= 0) {
        sorted.add(left.remove(at));
      }
    }
    left.forEach(sorted::add);
    result.set(name, sorted);
  }
}
