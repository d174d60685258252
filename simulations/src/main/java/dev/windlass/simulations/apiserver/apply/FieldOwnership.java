package dev.windlass.simulations.apiserver.apply;

import dev.windlass.simulations.apiserver.apply.ManagedFields.Entry;
import dev.windlass.simulations.apiserver.apply.ManagedFields.Writer;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps account of which manager set which field when objects are created, replaced and patched.
 */
public final class FieldOwnership {
  private static final Set<String> SYSTEM =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "managedFields");

  private FieldOwnership() {}

  /** Who writes now: manager name, subresource (or empty), version of the API, time. */
  public record Author(String manager, String subresource, String apiVersion, String time) {}

  /**
   * Enters what an update has changed: the author owns it, nobody else does, and what is gone is
   * owned by none. The entries are read from the object before; the object after gets the new ones.
   */
  public static void update(Shape shape, JsonNode before, ObjectNode after, Author author) {
    if (ManagedFields.isCleared(after) && !before.isEmpty()) {
      ManagedFields.write(after, List.of());
      return;
    }
    List<Entry> entries = ManagedFields.read(before);
    boolean untracked = entries.isEmpty() && !before.isEmpty();
    TypedFields.Difference difference = TypedFields.difference(shape, bare(before), bare(after));
    if (untracked || difference.isEmpty()) {
      ManagedFields.write(after, entries);
      return;
    }
    Writer writer = new Writer(author.manager(), false, author.subresource(), author.apiVersion());
    FieldSet own = difference.changed().copy();
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      FieldSet left = entry.fields().minus(difference.removed());
      if (entry.writer().equals(writer)) {
        own.addAll(left);
      } else {
        left = left.minus(difference.changed());
        if (!left.isEmpty()) {
          next.add(new Entry(entry.writer(), entry.time(), left));
        }
      }
    }
    if (!own.isEmpty()) {
      next.add(new Entry(writer, author.time(), own));
    }
    ManagedFields.write(after, next);
  }

  /** Fields that were set through a scale belong to nobody afterwards, as on the real server. */
  public static void forgetScale(ObjectNode object) {
    List<Entry> entries = new ArrayList<>(ManagedFields.read(object));
    entries.removeIf(entry -> entry.writer().subresource().equals("scale"));
    ManagedFields.write(object, entries);
  }

  /** The object without what no manager can own. */
  static ObjectNode bare(JsonNode object) {
    ObjectNode result = Json.object();
    for (String name : object.propertyNames()) {
      if (!name.equals("apiVersion") && !name.equals("kind") && !name.equals("metadata")) {
        result.set(name, object.path(name));
      }
    }
    ObjectNode metadata = Json.object();
    JsonNode all = object.path("metadata");
    for (String name : all.propertyNames()) {
      if (!SYSTEM.contains(name)) {
        metadata.set(name, all.path(name));
      }
    }
    if (!metadata.isEmpty()) {
      result.set("metadata", metadata);
    }
    return result;
  }
}
