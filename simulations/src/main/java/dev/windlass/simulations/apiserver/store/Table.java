package dev.windlass.simulations.apiserver.store;

import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;

/** The objects of one type and their history. Used under the store's lock. */
final class Table {
  final ResourceType type;
  final NavigableMap<ObjectKey, StoredObject> objects = new TreeMap<>();
  final History history;
  final Condition changed;

  Table(ResourceType type, History history, Condition changed) {
    this.type = type;
    this.history = history;
    this.changed = changed;
  }

  List<StoredObject> list(String namespace) {
    return new ArrayList<>(in(objects, namespace));
  }

  private static Collection<StoredObject> in(
      NavigableMap<ObjectKey, StoredObject> all, String namespace) {
    return namespace.isEmpty()
        ? all.values()
        : all.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + "\0", "")).values();
  }

  /** The objects as they were at a version, found by undoing what came after. */
  List<StoredObject> listAt(String namespace, long version) {
    NavigableMap<ObjectKey, StoredObject> then = new TreeMap<>(objects);
    for (Change change : history.after(version, Integer.MAX_VALUE >> 1).reversed()) {
      StoredObject before = change.before();
      if (before == null) {
        then.remove(change.key());
      } else {
        then.put(change.key(), before);
      }
    }
    return new ArrayList<>(in(then, namespace));
  }
}
