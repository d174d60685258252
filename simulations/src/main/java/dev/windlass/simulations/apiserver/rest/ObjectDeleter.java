package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes objects: grace, finalizers, preconditions, propagation. */
public final class ObjectDeleter {
  private static final long DEFAULT_GRACE_SECONDS = 30;
  private static final int MAX_ATTEMPTS = 200;
  private static final Set<String> KEPT_NAMESPACES =
      Set.of("default", "kube-system", "kube-public");
  private final ObjectStore store;
  private final ServerClock clock;

  public ObjectDeleter(ObjectStore store, ServerClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a delete left: the object as it is or was, and whether it is gone. */
  public record Deleted(ObjectNode object, boolean gone) {}

  public Deleted delete(Target target, DeleteOptions options) {
    ResourceType type = target.type();
    if (type.isNamespace() && KEPT_NAMESPACES.contains(target.name())) {
      throw ApiFailure.forbidden(type, target.name(), "this namespace may not be deleted");
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      StoredObject read =
          store.get(type, target.key()).orElseThrow(() -> ApiFailure.notFound(type, target.name()));
      requirePreconditions(target, read, options);
      Optional<Deleted> done = attempt(target, read, options);
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw ApiFailure.modified(type, target.name());
  }

  static void requirePreconditions(Target target, StoredObject read, DeleteOptions options) {
    String why = "";
    if (!options.uid().isEmpty() && !options.uid().equals(read.uid())) {
      why = mismatch("UID", options.uid(), read.uid());
    }
    String version = Long.toString(read.version());
    if (!options.version().isEmpty() && !options.version().equals(version)) {
      why = mismatch("ResourceVersion", options.version(), version);
    }
    if (!why.isEmpty()) {
      ResourceType type = target.type();
      throw ApiFailure.of(
              409,
              "Conflict",
              "Operation cannot be fulfilled on "
                  + type.qualifiedKind()
                  + " \""
                  + target.name()
                  + "\": "
                  + why)
          .about(target.name(), type.group(), type.kind());
    }
  }

  private static String mismatch(String what, String wanted, String found) {
    return "the %s in the precondition (%s) does not match the %s in record (%s). The object might have been deleted and then recreated"
        .formatted(what, wanted, what, found);
  }

  private Optional<Deleted> attempt(Target target, StoredObject read, DeleteOptions options) {
    ObjectNode next = read.copy();
    long grace = grace(target.type(), read.json(), options);
    boolean again = read.isBeingDeleted();
    JsonNode old = read.json().path("metadata").path("deletionGracePeriodSeconds");
    if (again
        && grace >= old.asLong(0)
        && !(grace == 0 && ObjectWriter.isOver(target.type(), read.json()))) {
      if (!addFinalizer(next, options)) {
        return Optional.of(new Deleted(read.json(), false));
      }
    } else {
      mark(target.type(), next, grace, again);
      addFinalizer(next, options);
    }
    boolean over = ObjectWriter.isOver(target.type(), next);
    if (options.dryRun()) {
      return Optional.of(new Deleted(next, over));
    }
    if (!over) {
      return store
          .replace(target.type(), target.key(), read, next)
          .map(stored -> new Deleted(stored.json(), false));
    }
    return removal(target, read, next, again);
  }

  /** Takes the object away; a pod that was ending shows first that its grace is over. */
  private Optional<Deleted> removal(
      Target target, StoredObject read, ObjectNode next, boolean again) {
    StoredObject last = read;
    if (again && target.type().isPod()) {
      Optional<StoredObject> shortened =
          store.replace(target.type(), target.key(), read, next.deepCopy());
      if (shortened.isEmpty()) {
        return Optional.empty();
      }
      last = shortened.get();
    }
    ObjectNode shown = next;
    return store
        .remove(target.type(), target.key(), last)
        .map(version -> {
          Json.child(shown, "metadata").put("resourceVersion", Long.toString(version));
          return new Deleted(shown, true);
        });
  }

  private static long grace(ResourceType type, JsonNode object, DeleteOptions options) {
    if (!type.isPod()) {
      return 0;
    }
    String phase = Json.string(object, "status", "phase");
    boolean nobodyWaits =
        Json.string(object, "spec", "nodeName").isEmpty()
            || phase.equals("Succeeded")
            || phase.equals("Failed");
    if (nobodyWaits) {
      return 0;
    }
    long own = Json.integer(object, DEFAULT_GRACE_SECONDS, "spec", "terminationGracePeriodSeconds");
    long asked = options.graceSeconds().orElse(own);
    return asked < 0 ? 1 : asked;
  }

  private void mark(ResourceType type, ObjectNode object, long grace, boolean again) {
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.put("deletionTimestamp", clock.after(grace));
    metadata.set("deletionGracePeriodSeconds", Json.number(grace));
    if (!again && metadata.has("generation")) {
      metadata.put("generation", Json.integer(metadata, 0, "generation") + 1);
    }
    if (type.isNamespace()) {
      Json.child(object, "status").put("phase", "Terminating");
    }
  }

  private static boolean addFinalizer(ObjectNode object, DeleteOptions options) {
    String wanted =
        switch (options.propagation()) {
          case "Foreground" -> "foregroundDeletion";
          case "Orphan" -> "orphan";
          default -> "";
        };
    if (wanted.isEmpty()) {
      return false;
    }
    ArrayNode finalizers = Json.list(Json.child(object, "metadata"), "finalizers");
    for (JsonNode one : finalizers) {
      if (one.asString().equals(wanted)) {
        return false;
      }
    }
    finalizers.add(wanted);
    return true;
  }
}
