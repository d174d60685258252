package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.DeleteOptions;
import dev.windlass.simulations.apiserver.rest.Listing;
import dev.windlass.simulations.apiserver.rest.ObjectDeleter;
import dev.windlass.simulations.apiserver.rest.ObjectReader;
import dev.windlass.simulations.apiserver.rest.ObjectWriter.Mode;
import dev.windlass.simulations.apiserver.rest.Patches;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.Views;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The verbs on objects and collections. */
final class ResourceEndpoint {
  private static final Set<String> BODIES =
      Set.of("", "*/*", "application/json", "application/yaml");
  private final Backend backend;
  private final BooleanSupplier stopped;

  ResourceEndpoint(Backend backend, BooleanSupplier stopped) {
    this.backend = backend;
    this.stopped = stopped;
  }

  private static WriteOptions options(Request request, String kind) {
    return WriteOptions.read(request.query(), kind, request.header("user-agent"));
  }

  Reply get(Target target, Request request) {
    Representation form = Representation.of(request.header("accept"));
    StoredObject object =
        backend.reader().get(target.whole(), request.parameter("resourceVersion"));
    if (form.equals(Representation.PLAIN)) {
      return Reply.bytes(200, Views.bytes(target.type(), object));
    }
    return shaped(
        200,
        form,
        form.one(Views.show(target.type(), object.json()), request.parameter("includeObject")));
  }

  private static Reply.Whole shaped(int code, Representation form, ObjectNode body) {
    return new Reply.Whole(
        code, form.contentType(), form.yaml() ? Json.yaml(body) : Json.bytes(body), Map.of());
  }

  private static Reply.Whole shaped(
      int code, Request request, ObjectNode body, WriteOptions options) {
    Representation form = Representation.of(request.header("accept"));
    return shaped(code, form, form.one(body, request.parameter("includeObject")))
        .warn(options.warnings());
  }

  /** A list or, when asked for, a watch. */
  Reply list(Target target, Request request) {
    ResourceType type = target.type();
    Representation form = Representation.of(request.header("accept"));
    Listing listing = Listing.read(type, target.namespace(), request.query());
    if (listing.watch()) {
      listing.watchVersion();
      return new Reply.Stream(
          form.contentType(), new WatchStream(backend.store(), type, listing, form, stopped));
    }
    ObjectReader.Page page = backend.reader().list(type, listing);
    if (form.equals(Representation.PLAIN)) {
      return Reply.bytes(200, ListText.of(type, page));
    }
    return shaped(
        200,
        form,
        form.list(backend.reader().tree(type, page), request.parameter("includeObject")));
  }

  /** The old form of a watch, with the word in the path. */
  Reply oldWatch(Target target, Request request) {
    Representation form = Representation.of(request.header("accept"));
    Map<String, String> query = new HashMap<>(request.query());
    query.put("watch", "true");
    if (!target.name().isEmpty()) {
      query.put("fieldSelector", "metadata.name=" + target.name());
    }
    Listing listing = Listing.read(target.type(), target.namespace(), query);
    return new Reply.Stream(
        form.contentType(),
        new WatchStream(backend.store(), target.type(), listing, form, stopped));
  }

  private static void requireKnownMedia(Request request) {
    if (!BODIES.contains(request.mediaType())) {
      throw ApiFailure.of(
              415,
              "UnsupportedMediaType",
              "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml")
          .details(Json.object());
    }
  }

  Reply create(Target target, Request request) {
    requireKnownMedia(request);
    Representation.of(request.header("accept"));
    WriteOptions options = options(request, "CreateOptions");
    ObjectNode body =
        backend.decoder().body(target.type(), request.body(), request.isYaml(), options);
    return shaped(201, request, backend.writer().create(target, body, options), options);
  }

  Reply replace(Target target, Request request) {
    requireKnownMedia(request);
    WriteOptions options = options(request, "UpdateOptions");
    ObjectNode body =
        backend.decoder().body(target.type(), request.body(), request.isYaml(), options);
    String name = Json.string(body, "metadata", "name");
    if (!name.equals(target.name())) {
      throw ApiFailure.badRequest(
          name.isEmpty()
              ? "the name of the object ("
                  + target.name()
                  + " based on URL) was undeterminable: name must be provided"
              : "the name of the object ("
                  + name
                  + ") does not match the name on the URL ("
                  + target.name()
                  + ")");
    }
    boolean lease = target.type().is("coordination.k8s.io", "leases");
    if (lease && backend.store().get(target.type(), target.key()).isEmpty()) {
      return shaped(201, request, backend.writer().create(target, body, options), options);
    }
    ObjectNode written =
        backend.writer().change(target, _ -> body.deepCopy(), Mode.REPLACE, options);
    return shaped(200, request, written, options);
  }

  Reply patch(Target target, Request request) {
    WriteOptions options = options(request, "PatchOptions");
    requireManager(request);
    Patches.Patched patched =
        backend.patches().patch(target, request.mediaType(), request.body(), options);
    return shaped(patched.created() ? 201 : 200, request, patched.object(), options);
  }

  private static void requireManager(Request request) {
    if (request.mediaType().equals(Patches.APPLY) && request.parameter("fieldManager").isEmpty()) {
      throw ApiFailure.invalid(
          "PatchOptions",
          "meta.k8s.io",
          "",
          List.of(Cause.required("fieldManager", "is required for apply patch")));
    }
  }

  Reply delete(Target target, Request request) {
    DeleteOptions options = DeleteOptions.read(request.body(), request.isYaml(), request.query());
    ObjectDeleter.Deleted deleted = backend.deleter().delete(target, options);
    ResourceType type = target.type();
    ObjectNode object = Views.show(type, deleted.object());
    boolean whole = !deleted.gone() || type.isPod() || type.isNamespace() || type.isDefinition();
    if (whole) {
      return Reply.json(200, object);
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details =
        status.put("status", "Success").putObject("details").put("name", target.name());
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.plural()).put("uid", Json.string(object, "metadata", "uid"));
    return Reply.json(200, status);
  }

  Reply deleteCollection(Target target, Request request) {
    ResourceType type = target.type();
    Map<String, String> query = new HashMap<>(request.query());
    query.keySet().retainAll(Set.of("labelSelector", "fieldSelector"));
    Listing listing = Listing.read(type, target.namespace(), query);
    DeleteOptions options = DeleteOptions.read(request.body(), request.isYaml(), request.query());
    ObjectReader.Page page = backend.reader().list(type, listing);
    ObjectNode list = backend.reader().tree(type, page);
    for (StoredObject object : page.objects()) {
      delete(target.named(Json.string(object.json(), "metadata", "name")), options);
    }
    Json.child(list, "metadata").put("resourceVersion", Long.toString(backend.store().version()));
    return Reply.json(200, list);
  }

  private void delete(Target target, DeleteOptions options) {
    if (backend.store().get(target.type(), target.key()).isPresent()) {
      backend.deleter().delete(target, options);
    }
  }
}
