package dev.windlass.simulations.apiserver.controllers;

import dev.windlass.simulations.apiserver.crd.CustomType;
import dev.windlass.simulations.apiserver.crd.Definition;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.ServerClock;
import dev.windlass.simulations.apiserver.rest.Types;
import dev.windlass.simulations.apiserver.store.Change;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the types of definitions from the moment they are written, and drops them with their
 * objects.
 */
final class Definitions {
  private final Types types;
  private final ObjectStore store;
  private final ServerClock clock;

  Definitions(Types types, ObjectStore store, ServerClock clock) {
    this.types = types;
    this.store = store;
    this.clock = clock;
    store.onChange(this::changed);
  }

  private void changed(Change change) {
    if (!change.type().isDefinition()) {
      return;
    }
    StoredObject after = change.after();
    if (after == null) {
      withdraw(change.subject().json());
    } else {
      serve(change, after);
    }
  }

  private void serve(Change change, StoredObject after) {
    List<CustomType> served = Definition.types(after.json());
    StoredObject before = change.before();
    boolean schemaChanged =
        before == null || !before.json().path("spec").equals(after.json().path("spec"));
    if (schemaChanged) {
      for (CustomType type : served) {
        store.register(type.type());
        types.serve(type);
      }
    }
    if (!after.json().path("status").has("acceptedNames")) {
      ObjectNode established = after.copy();
      established.set("status", Definition.established(after.json(), clock.now()));
      store.replace(change.type(), change.key(), after, established);
    }
  }

  private void withdraw(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    String group = Json.string(spec, "group");
    String plural = Json.string(spec, "names", "plural");
    Optional<ResourceType> type = types.find(group, plural);
    types.withdraw(group, plural);
    if (type.isEmpty()) {
      return;
    }
    for (StoredObject object : store.list(type.get(), "").objects()) {
      ObjectKey key =
          new ObjectKey(
              Json.string(object.json(), "metadata", "namespace"),
              Json.string(object.json(), "metadata", "name"));
      store.remove(type.get(), key, object);
    }
    store.unregister(type.get());
  }
}
