package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.rest.DeleteOptions;
import dev.windlass.simulations.apiserver.rest.ObjectDeleter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.ObjectStore.Located;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.Optional;

/** Empties a namespace that is being deleted, and lets it go when nothing is left in it. */
final class NamespaceEnd implements AutoCloseable {
  private final Types types;
  private final ObjectStore store;
  private final ObjectWriter writer;
  private final ObjectDeleter deleter;
  private final Worker<String> worker;

  NamespaceEnd(Types types, ObjectStore store, ObjectWriter writer, ObjectDeleter deleter) {
    this.types = types;
    this.store = store;
    this.writer = writer;
    this.deleter = deleter;
    worker = new Worker<>("namespaces", this::end);
    store.onChange(this::changed);
    worker.start();
  }

  private void changed(Change change) {
    StoredObject after = change.after();
    if (change.type().isNamespace()) {
      if (after != null && after.isBeingDeleted()) {
        worker.add(change.key().name());
      }
    } else if (after == null && isEnding(change.key().namespace())) {
      worker.add(change.key().namespace());
    }
  }

  private boolean isEnding(String namespace) {
    return !namespace.isEmpty() && find(namespace).map(StoredObject::isBeingDeleted).orElse(false);
  }

  private Optional<StoredObject> find(String namespace) {
    return store.get(types.builtIn("", "namespaces"), new ObjectKey("", namespace));
  }

  private void end(String name) {
    if (!isEnding(name)) {
      return;
    }
    for (Located content : store.content(name)) {
      Target target = new Target(content.type(), name, content.key().name(), "");
      Optional<StoredObject> found = store.get(content.type(), content.key());
      if (found.isPresent() && !found.get().isBeingDeleted()) {
        try {
          deleter.delete(target, DeleteOptions.PLAIN);
        } catch (ApiFailure _) {
          // it went by itself
        }
      }
    }
    if (store.content(name).isEmpty()) {
      writer.change(
          new Target(types.builtIn("", "namespaces"), "", name, "finalize"),
          namespace -> {
            Json.child(namespace, "spec").remove("finalizers");
            return namespace;
          },
          Mode.PATCH,
          WriteOptions.internal("kube-controller-manager"));
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
