package dev.windlass.simulations.apiserver.rest;

import dev.windlass.simulations.apiserver.admission.Defaults;
import dev.windlass.simulations.apiserver.admission.Preparation;
import dev.windlass.simulations.apiserver.admission.Rules;
import dev.windlass.simulations.apiserver.apply.FieldOwnership;
import dev.windlass.simulations.apiserver.crd.CustomType;
import dev.windlass.simulations.apiserver.crd.Defaulting;
import dev.windlass.simulations.apiserver.crd.SchemaRules;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates and changes objects: defaults, admission, checks, ownership, and the write itself. */
public final class ObjectWriter {
  private static final int MAX_ATTEMPTS = 200;
  private static final int MAX_PREFIX = 58;
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private final Types types;
  private final ObjectStore store;
  private final ServerClock clock;
  private final PodAdmission pods;

  public ObjectWriter(Types types, ObjectStore store, ServerClock clock) {
    this.types = types;
    this.store = store;
    this.clock = clock;
    this.pods = new PodAdmission(types, store);
  }

  /** What makes the next state of an object out of the one that is there, as its type shows it. */
  public interface Edit {
    ObjectNode next(ObjectNode current);
  }

  /** How a change treats versions and identities. */
  public enum Mode {
    /** A whole object, as PUT brings it. */
    REPLACE,
    /** Derived from what is there; tried again when that has changed. */
    PATCH,
    /** As a patch; the edit has entered the owners of fields itself. */
    APPLY
  }

  // ---- create

  /** Stores a new object. The tree now belongs to the store. */
  public ObjectNode create(Target target, ObjectNode object, WriteOptions options) {
    return create(target, object, options, true);
  }

  /**
   * As {@link #create(Target, ObjectNode, WriteOptions)}; {@code track} enters who owns the fields.
   */
  ObjectNode create(Target target, ObjectNode object, WriteOptions options, boolean track) {
    ResourceType type = target.type();
    ObjectNode metadata = Json.child(object, "metadata");
    if (!Json.string(metadata, "resourceVersion").isEmpty()) {
      throw ApiFailure.internal("resourceVersion should not be set on objects to be created");
    }
    refuseOtherNamespace(target, metadata);
    if (type.namespaced()) {
      metadata.put("namespace", target.namespace());
    }
    generateName(metadata);
    Target named = target.named(Json.string(metadata, "name"));
    requireNamespace(named);
    if (track) {
      FieldOwnership.update(type.shape(), Json.object(), object, author(target, options));
    }
    fillDefaults(type, object);
    Preparation.create(type, object, UUID.randomUUID().toString(), clock.now());
    ObjectNode stored = Views.store(type, object);
    admitCreate(type, stored);
    refuse(type, named.name(), check(type, stored, null));
    Optional<StoredObject> there = store.get(type, named.key());
    if (there.isPresent()) {
      throw taken(type, named.name(), there.get());
    }
    if (options.dryRun()) {
      return Views.show(type, stored);
    }
    StoredObject made =
        store
            .create(type, named.key(), stored)
            .orElseThrow(() -> ApiFailure.alreadyExists(type, named.name()));
    return Views.show(type, made.json());
  }

  private static ApiFailure taken(ResourceType type, String name, StoredObject there) {
    ApiFailure failure = ApiFailure.alreadyExists(type, name);
    return there.isBeingDeleted()
        ? ApiFailure.of(409, "AlreadyExists", "object is being deleted: " + failure.text())
            .about(name, type.group(), type.plural())
        : failure;
  }

  private static void refuseOtherNamespace(Target target, JsonNode metadata) {
    String given = Json.string(metadata, "namespace");
    if (!given.isEmpty() && target.type().namespaced() && !given.equals(target.namespace())) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }

  private static void generateName(ObjectNode metadata) {
    String prefix = Json.string(metadata, "generateName");
    if (Json.string(metadata, "name").isEmpty() && !prefix.isEmpty()) {
      StringBuilder name =
          new StringBuilder(prefix.substring(0, Math.min(prefix.length(), MAX_PREFIX)));
      for (int i = 0; i < 5; i++) {
        name.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
      }
      metadata.put("name", name.toString());
    }
  }

  private void requireNamespace(Target target) {
    if (!target.type().namespaced()) {
      return;
    }
    ResourceType namespaces = types.builtIn("", "namespaces");
    Optional<StoredObject> namespace = store.get(namespaces, new ObjectKey("", target.namespace()));
    if (namespace.isEmpty()) {
      throw ApiFailure.notFound(namespaces, target.namespace());
    }
    if (namespace.get().isBeingDeleted()) {
      throw ApiFailure.forbidden(
          target.type(),
          target.name(),
          "unable to create new content in namespace "
              + target.namespace()
              + " because it is being terminated");
    }
  }

  private void admitCreate(ResourceType type, ObjectNode object) {
    if (type.isPod()) {
      pods.admit(type, object);
    } else if (type.is("", "nodes")) {
      Json.list(Json.child(object, "spec"), "taints")
          .addObject()
          .put("key", "node.kubernetes.io/not-ready")
          .put("effect", "NoSchedule");
    }
  }

  private List<Cause> check(ResourceType type, ObjectNode object, @Nullable ObjectNode before) {
    List<Cause> causes = new ArrayList<>(Rules.check(type, object));
    types
        .custom(type)
        .map(CustomType::schema)
        .ifPresent(s -> causes.addAll(SchemaRules.check(s, object, before)));
    return causes;
  }

  private static void refuse(ResourceType type, String name, List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(type, name, causes);
    }
  }

  FieldOwnership.Author author(Target target, WriteOptions options) {
    return new FieldOwnership.Author(
        options.manager(), target.subresource(), target.type().apiVersion(), clock.now());
  }

  // ---- change

  /** Changes an object that must be there; the answer is what is there now. */
  public ObjectNode change(Target target, Edit edit, Mode mode, WriteOptions options) {
    ResourceType type = target.type();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      StoredObject read =
          store.get(type, target.key()).orElseThrow(() -> ApiFailure.notFound(type, target.name()));
      ObjectNode current = Views.copy(type, read);
      ObjectNode next = edit.next(current.deepCopy());
      boolean conditional = requireVersion(target, next, read, mode);
      prepare(target, next, current, mode, options);
      ObjectNode stored = Views.store(type, next);
      Optional<ObjectNode> done = write(target, read, stored, options);
      if (done.isPresent()) {
        return Views.show(type, done.get());
      }
      if (conditional && mode == Mode.REPLACE) {
        throw ApiFailure.modified(type, target.name());
      }
    }
    throw ApiFailure.modified(type, target.name());
  }

  private void prepare(
      Target target, ObjectNode next, ObjectNode current, Mode mode, WriteOptions options) {
    ResourceType type = target.type();
    refuseOtherNamespace(target, next.path("metadata"));
    fillIdentity(next, current);
    boolean whole = target.subresource().isEmpty();
    boolean cleared = mode == Mode.APPLY;
    Preparation.update(type, next, current, target.subresource());
    if (whole || type.custom() || type.is("", "nodes")) {
      fillDefaults(type, next);
    }
    if (!cleared) {
      FieldOwnership.update(type.shape(), current, next, author(target, options));
    }
    if (target.subresource().equals("scale")) {
      FieldOwnership.forgetScale(next);
    }
    List<Cause> causes =
        new ArrayList<>(Rules.checkChange(type, next, current, target.subresource()));
    if (causes.isEmpty()) {
      causes.addAll(check(type, Views.store(type, next), current));
    }
    refuse(type, target.name(), causes);
  }

  private void fillDefaults(ResourceType type, ObjectNode object) {
    Defaults.apply(type, object);
    types.custom(type).ifPresent(custom -> Defaulting.apply(custom.schema(), object));
  }

  private static void fillIdentity(ObjectNode next, ObjectNode current) {
    ObjectNode metadata = Json.child(next, "metadata");
    for (String field : List.of("namespace", "uid", "name")) {
      if (!metadata.has(field) && current.path("metadata").has(field)) {
        metadata.set(field, current.path("metadata").path(field));
      }
    }
  }

  /** Checks version and uid of the next state; true when it names a version. */
  private static boolean requireVersion(
      Target target, ObjectNode next, StoredObject read, Mode mode) {
    ResourceType type = target.type();
    String uid = Json.string(next, "metadata", "uid");
    String version = Json.string(next, "metadata", "resourceVersion");
    long wanted = 0;
    try {
      wanted = version.isEmpty() ? 0 : Long.parseUnsignedLong(version);
    } catch (NumberFormatException _) {
      throw ApiFailure.internal("strconv.ParseUint: parsing \"" + version + "\": invalid syntax");
    }
    if (mode == Mode.REPLACE && !uid.isEmpty() && !uid.equals(read.uid())) {
      throw ApiFailure.conflict(
          type,
          target.name(),
          "StorageError: invalid object, Code: 4, Key: /registry/%s/%s/%s, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(type.plural(), target.namespace(), target.name(), uid, read.uid()));
    }
    boolean strict = type.custom() || type.is("coordination.k8s.io", "leases");
    if (wanted == 0 && mode == Mode.REPLACE && strict) {
      throw ApiFailure.invalid(
          type.qualifiedPlural(),
          "",
          target.name(),
          List.of(
              Cause.invalid("metadata.resourceVersion", "0", "must be specified for an update")));
    }
    if (wanted != 0 && wanted != read.version()) {
      throw ApiFailure.modified(type, target.name());
    }
    return wanted != 0;
  }

  /** Stores the next state, or removes an object whose last finalizer went; empty: try again. */
  private Optional<ObjectNode> write(
      Target target, StoredObject read, ObjectNode next, WriteOptions options) {
    ObjectNode metadata = Json.child(next, "metadata");
    metadata.put("resourceVersion", Long.toString(read.version()));
    if (next.equals(read.json())) {
      return Optional.of(read.json());
    }
    if (options.dryRun()) {
      return Optional.of(next);
    }
    if (isOver(target.type(), next)) {
      return store.remove(target.type(), target.key(), read).map(_ -> next);
    }
    return store.replace(target.type(), target.key(), read, next).map(StoredObject::json);
  }

  /** Whether nothing keeps an object any more that is being deleted. */
  static boolean isOver(ResourceType type, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    boolean held =
        !metadata.path("finalizers").isEmpty()
            || (type.isNamespace() && !Json.at(object, "spec", "finalizers").isEmpty());
    return metadata.has("deletionTimestamp")
        && !held
        && Json.integer(metadata, 0, "deletionGracePeriodSeconds") == 0;
  }

  Types types() {
    return types;
  }
}
