package dev.windlass.simulations.apiserver.apply;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which fields an object has, and which differ between two objects, seen through a shape. */
final class TypedFields {
  private TypedFields() {}

  /** Fields that were set or changed, and fields that are gone. */
  record Difference(FieldSet changed, FieldSet removed) {
    boolean isEmpty() {
      return changed.isEmpty() && removed.isEmpty();
    }
  }

  static FieldSet of(@Nullable Shape shape, JsonNode node) {
    FieldSet set = new FieldSet();
    collect(shape, node, set);
    return set;
  }

  private static void collect(@Nullable Shape shape, JsonNode node, FieldSet set) {
    switch (shape) {
      case Shape.Struct struct when !struct.atomic() && node instanceof ObjectNode object -> {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          FieldSet child = set.child("f:" + entry.getKey());
          collect(struct.field(entry.getKey()), entry.getValue(), child);
          if (isHollow(entry.getValue()) || struct.field(entry.getKey()) == null) {
            child.mark();
          }
        }
      }
      case Shape.MapOf map when !map.atomic() && node instanceof ObjectNode object -> {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          FieldSet child = set.child("f:" + entry.getKey()).mark();
          collect(map.value(), entry.getValue(), child);
        }
      }
      case Shape.ListOf list when isMerged(list) && node instanceof ArrayNode array ->
          elements(list, array)
              .forEach((element, item) -> collect(list.item(), item, set.child(element).mark()));
      case null, default -> set.mark();
    }
  }

  private static boolean isMerged(Shape.ListOf list) {
    return list.apply().mode() != Shape.Merge.Mode.ATOMIC;
  }

  private static boolean isHollow(JsonNode node) {
    return node.isNull() || (node.isObject() && node.isEmpty());
  }

  /** Elements of a merged list by their path element, in order; later doubles win. */
  static Map<String, JsonNode> elements(Shape.ListOf list, ArrayNode array) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    array.forEach(item -> all.put(element(list, item), item));
    return all;
  }

  private static String element(Shape.ListOf list, JsonNode item) {
    return list.apply().mode() == Shape.Merge.Mode.SET
        ? "v:" + item
        : "k:" + keys(list.apply().keys(), item);
  }

  private static ObjectNode keys(List<String> names, JsonNode item) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (String name : names) {
      JsonNode value = item.path(name);
      if (value.isMissingNode() && name.equals("protocol")) {
        value = Json.text("TCP");
      }
      if (!value.isMissingNode()) {
        sorted.put(name, value);
      }
    }
    ObjectNode keys = Json.object();
    sorted.forEach(keys::set);
    return keys;
  }

  /** Refuses an applied object in which two elements of a list have the same keys. */
  static void refuseDoubles(@Nullable Shape shape, JsonNode node, String path, String what) {
    switch (shape) {
      case Shape.Struct struct when node instanceof ObjectNode object ->
          object
              .properties()
              .forEach(e ->
                  refuseDoubles(
                      struct.field(e.getKey()), e.getValue(), path + "." + e.getKey(), what));
      case Shape.MapOf map when node instanceof ObjectNode object ->
          object
              .properties()
              .forEach(
                  e -> refuseDoubles(map.value(), e.getValue(), path + "." + e.getKey(), what));
      case Shape.ListOf list when isMerged(list) && node instanceof ArrayNode array -> {
        Map<String, JsonNode> seen = new LinkedHashMap<>();
        for (JsonNode item : array) {
          String element = element(list, item);
          if (seen.put(element, item) != null) {
            FieldSet shown = new FieldSet();
            shown.child(element).mark();
            throw ApiFailure.internal(
                what + ": " + path + ": duplicate entries for key " + shown.paths().getFirst());
          }
          refuseDoubles(list.item(), item, path + "[]", what);
        }
      }
      case null, default -> {}
    }
  }

  static Difference difference(Shape shape, JsonNode before, JsonNode after) {
    Difference all = new Difference(new FieldSet(), new FieldSet());
    compare(shape, before, after, all);
    return all;
  }

  private static void compare(
      @Nullable Shape shape, JsonNode before, JsonNode after, Difference into) {
    if (before.equals(after)) {
      return;
    }
    if (before.isMissingNode() || after.isMissingNode()) {
      boolean added = before.isMissingNode();
      FieldSet target = added ? into.changed() : into.removed();
      JsonNode node = added ? after : before;
      target.addAll(of(shape, node));
      if (isHollow(node)) {
        target.mark();
      }
      return;
    }
    switch (shape) {
      case Shape.Struct struct when !struct.atomic() && before.isObject() && after.isObject() ->
          members(before, after, into, struct::field);
      case Shape.MapOf map when !map.atomic() && before.isObject() && after.isObject() -> {
        markMap(before, after, into);
        members(before, after, into, _ -> map.value());
      }
      case Shape.ListOf list
          when isMerged(list) && before instanceof ArrayNode a && after instanceof ArrayNode b ->
          items(list, elements(list, a), elements(list, b), into);
      case null, default -> into.changed().mark();
    }
  }

  private static void markMap(JsonNode before, JsonNode after, Difference into) {
    after.propertyNames().stream()
        .filter(name -> !before.has(name))
        .forEach(name -> into.changed().child("f:" + name).mark());
    before.propertyNames().stream()
        .filter(name -> !after.has(name))
        .forEach(name -> into.removed().child("f:" + name).mark());
  }

  private static void members(
      JsonNode before, JsonNode after, Difference into, Function<String, @Nullable Shape> shapes) {
    for (String name : after.propertyNames()) {
      descend(shapes.apply(name), before.path(name), after.path(name), "f:" + name, into);
    }
    for (String name : before.propertyNames()) {
      if (!after.has(name)) {
        descend(shapes.apply(name), before.path(name), after.path(name), "f:" + name, into);
      }
    }
  }

  private static void items(
      Shape.ListOf list,
      Map<String, JsonNode> before,
      Map<String, JsonNode> after,
      Difference into) {
    JsonNode absent = Json.object().path("absent");
    after.forEach((element, item) -> {
      if (!before.containsKey(element)) {
        into.changed().child(element).mark();
      }
      descend(list.item(), before.getOrDefault(element, absent), item, element, into);
    });
    before.forEach((element, item) -> {
      if (!after.containsKey(element)) {
        into.removed().child(element).mark();
        descend(list.item(), item, absent, element, into);
      }
    });
  }

  private static void descend(
      @Nullable Shape shape, JsonNode before, JsonNode after, String element, Difference into) {
    Difference below = new Difference(new FieldSet(), new FieldSet());
    compare(shape, before, after, below);
    if (!below.changed().isEmpty()) {
      into.changed().child(element).addAll(below.changed());
    }
    if (!below.removed().isEmpty()) {
      into.removed().child(element).addAll(below.removed());
    }
  }
}
