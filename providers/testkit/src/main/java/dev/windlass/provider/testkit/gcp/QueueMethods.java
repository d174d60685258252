package dev.windlass.provider.testkit.gcp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Resize requests: machines that are asked for in the cloud's queue. */
final class QueueMethods {
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(7);

  private final GceState state;
  private final PageSize pages;

  QueueMethods(GceState state, PageSize pages) {
    this.state = state;
    this.pages = pages;
  }

  Map<String, Object> answer(Route route, JsonNode body) {
    ManagedGroup group = state.group(route);
    return switch (route.action()) {
      case "list" ->
          Json.page(
              route,
              pages.largest(),
              "items",
              group.resizeRequests.values().stream().map(QueueMethods::json).toList());
      case "get" -> json(found(group, route.child()));
      case "insert" -> insert(route, group, body);
      case "cancel" -> cancel(route, group);
      case String other -> throw RefusedException.invalid("no method " + other);
    };
  }

  private static ResizeRequest found(ManagedGroup group, String name) {
    ResizeRequest request = group.resizeRequests.get(name);
    if (request == null) {
      throw RefusedException.notFound(group.path() + "/resizeRequests/" + name);
    }
    return request;
  }

  private Map<String, Object> insert(Route route, ManagedGroup group, JsonNode body) {
    Optional<GceOperations.Operation> replayed = state.operations.replayed(route, state.now());
    if (replayed.isPresent()) {
      return state.operations.json(replayed.get(), state.now());
    }
    String name = body.path("name").asString("");
    Duration run = Duration.ofSeconds(body.path("requestedRunDuration").path("seconds").asLong(0));
    if (run.compareTo(SHORTEST) < 0 || run.compareTo(LONGEST) > 0) {
      throw RefusedException.invalid("requestedRunDuration is between 10 minutes and 7 days");
    }
    if (group.resizeRequests.containsKey(name)) {
      throw new RefusedException(409, "alreadyExists", "The resource '" + name + "' exists");
    }
    group.resizeRequests.put(
        name, new ResizeRequest(name, body.path("resizeBy").asInt(0), run, state.now()));
    return operation(route, group, name);
  }

  private Map<String, Object> cancel(Route route, ManagedGroup group) {
    ResizeRequest request = found(group, route.child());
    if (!request.isWaiting()) {
      throw RefusedException.invalid("a request that is " + request.state + " cannot be cancelled");
    }
    request.state = "CANCELLED";
    return operation(route, group, request.name);
  }

  private Map<String, Object> operation(Route route, ManagedGroup group, String name) {
    return state.operations.json(
        state.operations.begin(
            route,
            "compute." + route.method(),
            group.path() + "/resizeRequests/" + name,
            state.now(),
            null),
        state.now());
  }

  private static Map<String, Object> json(ResizeRequest request) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", request.name);
    json.put("state", request.state);
    json.put("resizeBy", request.resizeBy);
    json.put("creationTimestamp", request.createdAt.toString());
    json.put("requestedRunDuration", Map.of("seconds", "" + request.run.toSeconds()));
    if (!request.errorCode.isEmpty()) {
      Map<String, String> error =
          Map.of("code", request.errorCode, "message", request.errorMessage);
      json.put("status", Map.of("error", Map.of("errors", List.of(error))));
    }
    return json;
  }
}
