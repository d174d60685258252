package dev.windlass.simulations.apiserver.store;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects under one counter of versions. Writes are compare-and-set on the version that was
 * read; lists are consistent; changes can be read after any version that is still remembered.
 */
public final class ObjectStore {
  private static final int BATCH = 512;
  private final int historyLimit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition anyChange = lock.newCondition();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Located> byUid = new HashMap<>();
  private final Map<String, Set<Located>> dependents = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1;
  private long compacted;

  public ObjectStore(int historyLimit) {
    this.historyLimit = historyLimit;
  }

  /** Where an object is. */
  public record Located(ResourceType type, ObjectKey key) {}

  /** A consistent list and its version. */
  public record Snapshot(List<StoredObject> objects, long version) {}

  /** Changes of a type after a version, and the version up to which they are complete. */
  public record Batch(List<Change> changes, long upTo, boolean expired) {}

  /** Calls a listener after each write, in the thread that wrote, outside any lock. */
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Makes a type known; its history starts now. */
  public void register(ResourceType type) {
    lock.lock();
    try {
      tables.computeIfAbsent(
          type.storage(),
          _ -> new Table(type, new History(historyLimit, version - 1), lock.newCondition()));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a type that has no objects left. */
  public void unregister(ResourceType type) {
    lock.lock();
    try {
      Table table = tables.remove(type.storage());
      if (table != null) {
        table.changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  public long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  public Optional<StoredObject> get(ResourceType type, ObjectKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(table(type).objects.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Adds an object; empty when the key is taken. The tree now belongs to the store. */
  public Optional<StoredObject> create(ResourceType type, ObjectKey key, ObjectNode object) {
    return commit(type, key, null, object).map(Change::after);
  }

  /** Replaces the version that was read; empty when there is another by now. */
  public Optional<StoredObject> replace(
      ResourceType type, ObjectKey key, StoredObject read, ObjectNode next) {
    return commit(type, key, read, next).map(Change::after);
  }

  /** Removes the version that was read; the answer is the version of the removal. */
  public Optional<Long> remove(ResourceType type, ObjectKey key, StoredObject read) {
    return commit(type, key, read, null).map(Change::version);
  }

  private Optional<Change> commit(
      ResourceType type, ObjectKey key, @Nullable StoredObject read, @Nullable ObjectNode next) {
    Change change;
    lock.lock();
    try {
      Table table = table(type);
      if (table.objects.get(key) != read) {
        return Optional.empty();
      }
      version++;
      StoredObject after = next == null ? null : new StoredObject(next, version);
      change = new Change(version, table.type, key, read, after);
      if (after == null) {
        table.objects.remove(key);
      } else {
        table.objects.put(key, after);
      }
      index(change);
      table.history.add(change);
      table.changed.signalAll();
      anyChange.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(l -> l.accept(change));
    return Optional.of(change);
  }

  private void index(Change change) {
    Located place = new Located(change.type(), change.key());
    StoredObject before = change.before();
    StoredObject after = change.after();
    if (before != null) {
      for (String owner : owners(before)) {
        Set<Located> all = dependents.get(owner);
        if (all != null && all.remove(place) && all.isEmpty()) {
          dependents.remove(owner);
        }
      }
      byUid.remove(before.uid());
    }
    if (after != null) {
      byUid.put(after.uid(), place);
      for (String owner : owners(after)) {
        dependents.computeIfAbsent(owner, _ -> new LinkedHashSet<>()).add(place);
      }
    }
  }

  private static List<String> owners(StoredObject object) {
    List<String> uids = new ArrayList<>();
    for (JsonNode owner : object.json().path("metadata").path("ownerReferences")) {
      uids.add(Json.string(owner, "uid"));
    }
    return uids;
  }

  public Optional<Located> byUid(String uid) {
    lock.lock();
    try {
      return Optional.ofNullable(byUid.get(uid));
    } finally {
      lock.unlock();
    }
  }

  /** Objects that name this uid as an owner. */
  public List<Located> dependents(String uid) {
    lock.lock();
    try {
      return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    } finally {
      lock.unlock();
    }
  }

  /** Everything in a namespace, of all types. */
  public List<Located> content(String namespace) {
    lock.lock();
    try {
      List<Located> all = new ArrayList<>();
      for (Table table : tables.values()) {
        table
            .list(namespace)
            .forEach(o ->
                all.add(
                    new Located(
                        table.type,
                        new ObjectKey(namespace, Json.string(o.json(), "metadata", "name")))));
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  public Snapshot list(ResourceType type, String namespace) {
    lock.lock();
    try {
      return new Snapshot(table(type).list(namespace), version);
    } finally {
      lock.unlock();
    }
  }

  /** The list as it was; empty when that version is forgotten or compacted. */
  public Optional<Snapshot> listAt(ResourceType type, String namespace, long at) {
    lock.lock();
    try {
      Table table = table(type);
      return at < table.history.forgotten() || at < compacted
          ? Optional.empty()
          : Optional.of(new Snapshot(table.listAt(namespace, at), at));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the counter has reached a version; false when it has not in time. */
  public boolean await(long wanted, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (version < wanted) {
        if (left <= 0) {
          return false;
        }
        left = anyChange.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes after a version; waits for the first of them, and answers an empty batch when time is
   * up.
   */
  public Batch changes(ResourceType type, long after, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (true) {
        Table table = tables.get(type.storage());
        if (table == null || after < table.history.forgotten()) {
          return new Batch(List.of(), version, true);
        }
        List<Change> found = table.history.after(after, BATCH);
        if (!found.isEmpty()) {
          return new Batch(
              found, found.size() == BATCH ? found.getLast().version() : version, false);
        }
        if (left <= 0) {
          return new Batch(List.of(), version, false);
        }
        left = table.changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Exact lists and continue tokens older than a version are refused from now on, as after etcd's
   * compaction.
   */
  public void compact(long upTo) {
    lock.lock();
    try {
      compacted = Math.max(compacted, upTo);
    } finally {
      lock.unlock();
    }
  }

  /** Watches from versions older than now are refused from now on; those that run are not ended. */
  public void forgetChanges() {
    lock.lock();
    try {
      tables.values().forEach(t -> t.history.forget(version));
    } finally {
      lock.unlock();
    }
  }

  private Table table(ResourceType type) {
    Table table = tables.get(type.storage());
    if (table == null) {
      table = new Table(type, new History(historyLimit, version), lock.newCondition());
      tables.put(type.storage(), table);
    }
    return table;
  }
}
