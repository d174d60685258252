package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.rest.DeleteOptions;
import dev.windlass.simulations.apiserver.rest.ObjectDeleter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.ObjectStore.Located;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what has lost its owners, and does foreground and orphan deletions. */
final class GarbageCollector implements AutoCloseable {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";
  private final Types types;
  private final ObjectStore store;
  private final ObjectWriter writer;
  private final ObjectDeleter deleter;
  private final Worker<Located> worker;

  GarbageCollector(Types types, ObjectStore store, ObjectWriter writer, ObjectDeleter deleter) {
    this.types = types;
    this.store = store;
    this.writer = writer;
    this.deleter = deleter;
    worker = new Worker<>("garbage-collector", this::collect);
    store.onChange(this::changed);
    worker.start();
  }

  private void changed(Change change) {
    StoredObject after = change.after();
    Located place = new Located(change.type(), change.key());
    if (after == null) {
      store.dependents(change.subject().uid()).forEach(worker::add);
      owners(change.subject()).forEach(uid -> store.byUid(uid).ifPresent(worker::add));
    } else if (after.isBeingDeleted() && after.hasFinalizers()) {
      worker.add(place);
      owners(after).forEach(uid -> store.byUid(uid).ifPresent(worker::add));
    } else if (!owners(after).isEmpty()) {
      worker.add(place);
    }
  }

  private static List<String> owners(StoredObject object) {
    List<String> uids = new ArrayList<>();
    object
        .json()
        .path("metadata")
        .path("ownerReferences")
        .forEach(owner -> uids.add(Json.string(owner, "uid")));
    return uids;
  }

  private static Target target(Located place) {
    return new Target(place.type(), place.key().namespace(), place.key().name(), "");
  }

  private void collect(Located place) {
    Optional<StoredObject> found = store.get(place.type(), place.key());
    if (found.isEmpty()) {
      return;
    }
    StoredObject object = found.get();
    if (object.isBeingDeleted()) {
      if (hasFinalizer(object, ORPHAN)) {
        orphan(place, object);
      } else if (hasFinalizer(object, FOREGROUND)) {
        foreground(place, object);
      }
      return;
    }
    List<String> owners = owners(object);
    if (!owners.isEmpty() && isLost(object)) {
      deleter.delete(
          target(place),
          new DeleteOptions(OptionalLong.empty(), object.uid(), "", "Background", false));
    }
  }

  /** Whether all owners are gone; one of a kind that is not served may still be somewhere. */
  private boolean isLost(StoredObject object) {
    for (JsonNode owner : object.json().path("metadata").path("ownerReferences")) {
      boolean known =
          types.ofKind(Json.string(owner, "apiVersion"), Json.string(owner, "kind")).isPresent();
      if (!known || store.byUid(Json.string(owner, "uid")).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasFinalizer(StoredObject object, String wanted) {
    for (JsonNode one : object.json().path("metadata").path("finalizers")) {
      if (one.asString().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private void orphan(Located place, StoredObject owner) {
    for (Located dependent : store.dependents(owner.uid())) {
      edit(dependent, object -> disown(object, owner.uid()));
    }
    edit(place, object -> removeFinalizer(object, ORPHAN));
  }

  private static ObjectNode disown(ObjectNode object, String uid) {
    ObjectNode metadata = Json.child(object, "metadata");
    ArrayNode kept = Json.array();
    for (JsonNode owner : metadata.path("ownerReferences")) {
      if (!Json.string(owner, "uid").equals(uid)) {
        kept.add(owner);
      }
    }
    replaceList(metadata, "ownerReferences", kept);
    return object;
  }

  private static void replaceList(ObjectNode metadata, String field, ArrayNode kept) {
    if (kept.isEmpty()) {
      metadata.remove(field);
    } else {
      metadata.set(field, kept);
    }
  }

  private void foreground(Located place, StoredObject owner) {
    boolean blocked = false;
    for (Located dependent : store.dependents(owner.uid())) {
      Optional<StoredObject> found = store.get(dependent.type(), dependent.key());
      if (found.isPresent()) {
        StoredObject object = found.get();
        if (!object.isBeingDeleted()) {
          deleter.delete(target(dependent), DeleteOptions.PLAIN);
        }
        boolean left = store.get(dependent.type(), dependent.key()).isPresent();
        blocked |= left && blocks(object, owner.uid());
      }
    }
    if (!blocked) {
      edit(place, object -> removeFinalizer(object, FOREGROUND));
    }
  }

  private static boolean blocks(StoredObject dependent, String uid) {
    for (JsonNode owner : dependent.json().path("metadata").path("ownerReferences")) {
      if (Json.string(owner, "uid").equals(uid) && Json.isTrue(owner, "blockOwnerDeletion")) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode removeFinalizer(ObjectNode object, String gone) {
    ObjectNode metadata = Json.child(object, "metadata");
    ArrayNode kept = Json.array();
    for (JsonNode one : metadata.path("finalizers")) {
      if (!one.asString().equals(gone)) {
        kept.add(one);
      }
    }
    replaceList(metadata, "finalizers", kept);
    return object;
  }

  private void edit(Located place, ObjectWriter.Edit edit) {
    if (store.get(place.type(), place.key()).isPresent()) {
      writer.change(
          target(place), edit, Mode.PATCH, WriteOptions.internal("kube-controller-manager"));
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
