package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.StoredObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Scale, binding, eviction, tokens and logs. Status and resize are writes of the object itself. */
final class SubresourceEndpoint {
  private final Backend backend;
  private final ResourceEndpoint objects;

  SubresourceEndpoint(Backend backend, ResourceEndpoint objects) {
    this.backend = backend;
    this.objects = objects;
  }

  /** Answers a request for a subresource that the type has. */
  Reply handle(Target target, Request request) {
    return switch (target.subresource()) {
      case "scale" -> scale(target, request);
      case "binding" -> {
        requirePost(request);
        backend.binding().bind(target.whole(), request.body(), options(request));
        yield success();
      }
      case "eviction" -> {
        requirePost(request);
        backend.eviction().evict(target.whole(), request.body(), options(request));
        yield success();
      }
      case "token" -> {
        requirePost(request);
        yield Reply.json(201, backend.accounts().token(target.whole(), request.body()));
      }
      case "log" -> log(target, request);
      case "resize" -> {
        requireNode(target);
        yield part(target, request);
      }
      default -> part(target, request);
    };
  }

  /** Only a node can resize the pods on it. */
  private void requireNode(Target target) {
    JsonNode pod = backend.reader().get(target.whole(), "").json();
    String node = Json.string(pod, "spec", "nodeName");
    boolean there =
        node.isEmpty()
            || backend
                .store()
                .get(backend.types().builtIn("", "nodes"), new ObjectKey("", node))
                .isPresent();
    if (!there) {
      throw ApiFailure.forbidden(target.type(), target.name(), "node \"" + node + "\" not found");
    }
  }

  private static WriteOptions options(Request request) {
    return WriteOptions.read(request.query(), "CreateOptions", request.header("user-agent"));
  }

  private static void requirePost(Request request) {
    if (!request.method().equals("POST")) {
      throw ApiFailure.methodNotAllowed();
    }
  }

  private static Reply success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Reply.json(201, status.put("status", "Success").put("code", 201));
  }

  /** A part of the object, such as its status, read and written as the object. */
  private Reply part(Target target, Request request) {
    return switch (request.method()) {
      case "GET" -> objects.get(target, request);
      case "PUT" -> objects.replace(target, request);
      case "PATCH" -> objects.patch(target, request);
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Reply scale(Target target, Request request) {
    return switch (request.method()) {
      case "GET" -> {
        StoredObject object = backend.reader().get(target.whole(), "");
        yield Reply.json(200, backend.scales().of(target.type(), object.json(), true));
      }
      case "PUT" ->
          Reply.json(
              200,
              backend
                  .scales()
                  .replace(
                      target,
                      request.body(),
                      WriteOptions.read(
                          request.query(), "UpdateOptions", request.header("user-agent"))));
      case "PATCH" ->
          Reply.json(
              200,
              backend
                  .scales()
                  .patch(
                      target,
                      request.mediaType(),
                      request.body(),
                      WriteOptions.read(
                          request.query(), "PatchOptions", request.header("user-agent"))));
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  /** There are no containers, so there are no logs either. */
  private Reply log(Target target, Request request) {
    JsonNode pod = backend.reader().get(target.whole(), "").json();
    String wanted = request.parameter("container");
    boolean known = wanted.isEmpty();
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      known |= Json.string(container, "name").equals(wanted);
    }
    if (!known) {
      throw ApiFailure.badRequest("container " + wanted + " is not valid for pod " + target.name());
    }
    return Reply.text(204, "");
  }
}
