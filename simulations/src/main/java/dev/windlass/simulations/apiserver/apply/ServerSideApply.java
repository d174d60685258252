package dev.windlass.simulations.apiserver.apply;

import dev.windlass.simulations.apiserver.apply.FieldOwnership.Author;
import dev.windlass.simulations.apiserver.apply.ManagedFields.Entry;
import dev.windlass.simulations.apiserver.apply.ManagedFields.Writer;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges an applied configuration into the live object, with owners, conflicts and removal of what
 * is no longer applied.
 */
public final class ServerSideApply {
  private final Shape shape;
  private final Author author;
  private final boolean force;

  public ServerSideApply(Shape shape, Author author, boolean force) {
    this.shape = shape;
    this.author = author;
    this.force = force;
  }

  /**
   * The object after the apply, with its managed fields. An empty live object means that it is new.
   * Fields that others own with another value are a 409 unless forced.
   */
  public ObjectNode apply(ObjectNode live, ObjectNode config, String shown) {
    ObjectNode wanted = FieldOwnership.bare(config);
    TypedFields.refuseDoubles(shape, wanted, "", shown);
    Writer writer = new Writer(author.manager(), true, author.subresource(), author.apiVersion());
    List<Entry> entries = entries(live);
    FieldSet last = new FieldSet();
    FieldSet others = new FieldSet();
    for (Entry entry : entries) {
      (entry.writer().equals(writer) ? last : others).addAll(entry.fields());
    }
    FieldSet own = TypedFields.of(shape, wanted);
    JsonNode merged = merge(shape, live, wanted);
    FieldSet kept = own.copy().addAll(others);
    ObjectNode result = (ObjectNode) prune(shape, merged, last.minus(kept), kept);
    TypedFields.Difference difference =
        TypedFields.difference(shape, FieldOwnership.bare(live), FieldOwnership.bare(result));
    refuseConflicts(entries, writer, difference.changed());
    boolean same = difference.isEmpty() && own.equals(last);
    ManagedFields.write(result, same ? entries : next(entries, writer, own, difference));
    return result;
  }

  private List<Entry> entries(ObjectNode live) {
    List<Entry> entries = ManagedFields.read(live);
    if (entries.isEmpty() && !live.isEmpty()) {
      Writer before = new Writer("before-first-apply", false, "", author.apiVersion());
      FieldSet all = TypedFields.of(shape, FieldOwnership.bare(live));
      all.children().remove("f:status");
      entries.add(new Entry(before, author.time(), all));
    }
    return entries;
  }

  private List<Entry> next(
      List<Entry> entries, Writer writer, FieldSet own, TypedFields.Difference difference) {
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.writer().equals(writer)) {
        FieldSet left = entry.fields().minus(difference.changed()).minus(difference.removed());
        if (!left.isEmpty()) {
          next.add(new Entry(entry.writer(), entry.time(), left));
        }
      }
    }
    if (!own.isEmpty()) {
      next.add(new Entry(writer, author.time(), own));
    }
    return next;
  }

  private void refuseConflicts(List<Entry> entries, Writer writer, FieldSet changed) {
    Map<String, List<String>> conflicts = new LinkedHashMap<>();
    int count = 0;
    for (Entry entry : entries) {
      if (!entry.writer().equals(writer)) {
        List<String> paths = entry.fields().and(changed).paths();
        if (!paths.isEmpty()) {
          conflicts.put(entry.writer().shown(), paths);
          count += paths.size();
        }
      }
    }
    if (!force && count > 0) {
      throw conflict(conflicts, count);
    }
  }

  private static ApiFailure conflict(Map<String, List<String>> conflicts, int count) {
    ObjectNode details = Json.object();
    ArrayNode causes = details.putArray("causes");
    List<String> parts = new ArrayList<>();
    conflicts.forEach((manager, paths) -> {
      paths.forEach(path ->
          causes
              .addObject()
              .put("reason", "FieldManagerConflict")
              .put("message", "conflict with " + manager)
              .put("field", path));
      parts.add(
          count == 1
              ? "conflict with " + manager + ": " + paths.getFirst()
              : "conflicts with " + manager + ":\n- " + String.join("\n- ", paths));
    });
    return ApiFailure.of(
            409,
            "Conflict",
            "Apply failed with "
                + count
                + (count == 1 ? " conflict: " : " conflicts: ")
                + String.join("\n", parts))
        .details(details);
  }

  private static JsonNode merge(@Nullable Shape shape, JsonNode live, JsonNode wanted) {
    return switch (shape) {
      case Shape.Struct struct when !struct.atomic() && live.isObject() && wanted.isObject() ->
          members((ObjectNode) live, wanted, struct::field);
      case Shape.MapOf map when !map.atomic() && live.isObject() && wanted.isObject() ->
          members((ObjectNode) live, wanted, _ -> map.value());
      case Shape.ListOf list
          when list.apply().mode() != Shape.Merge.Mode.ATOMIC
              && live instanceof ArrayNode a
              && wanted instanceof ArrayNode b ->
          items(list, a, b);
      case null, default -> wanted.deepCopy();
    };
  }

  private static ObjectNode members(
      ObjectNode live, JsonNode wanted, Function<String, @Nullable Shape> shapes) {
    ObjectNode result = live.deepCopy();
    for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
      String name = entry.getKey();
      result.set(name, merge(shapes.apply(name), live.path(name), entry.getValue()));
    }
    return result;
  }

  private static ArrayNode items(Shape.ListOf list, ArrayNode live, ArrayNode wanted) {
    Map<String, JsonNode> all = new LinkedHashMap<>(TypedFields.elements(list, live));
    TypedFields.elements(list, wanted)
        .forEach((element, item) -> {
          JsonNode old = all.get(element);
          all.put(element, old == null ? item : merge(list.item(), old, item));
        });
    ArrayNode result = Json.array();
    all.values().forEach(result::add);
    return result;
  }

  /**
   * Takes away the fields to remove; a container that this empties goes too unless somebody owns
   * it.
   */
  private static JsonNode prune(
      @Nullable Shape shape, JsonNode node, FieldSet remove, FieldSet kept) {
    if (remove.isEmpty()) {
      return node;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode result = object.deepCopy();
      remove
          .children()
          .forEach(
              (element, below) -> pruneMember(shape, result, element, below, kept.find(element)));
      return result;
    }
    if (node instanceof ArrayNode array && shape instanceof Shape.ListOf list) {
      ArrayNode result = Json.array();
      TypedFields.elements(list, array)
          .forEach((element, item) -> {
            FieldSet below = remove.find(element);
            FieldSet held = kept.find(element);
            if (below == null) {
              result.add(item);
            } else if (held != null) {
              result.add(prune(list.item(), item, below, held));
            }
          });
      return result;
    }
    return node;
  }

  private static void pruneMember(
      @Nullable Shape shape,
      ObjectNode object,
      String element,
      FieldSet remove,
      @Nullable FieldSet held) {
    String name = element.substring(2);
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return;
    }
    Shape below =
        switch (shape) {
          case Shape.Struct struct -> struct.field(name);
          case Shape.MapOf map -> map.value();
          case null, default -> null;
        };
    if (held == null && remove.isMember()) {
      object.remove(name);
      return;
    }
    JsonNode left = prune(below, value, remove, held == null ? new FieldSet() : held);
    if (left.isContainer() && left.isEmpty() && held == null) {
      object.remove(name);
    } else {
      object.set(name, left);
    }
  }
}
