package dev.windlass.provider.testkit.gcp;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Operations as resources: pending, running, done, and forgotten after two weeks. An operation on a
 * group is done when the change is planned, not when its machines exist. A request id that was used
 * in the last hour is answered with the operation of its first use.
 */
final class GceOperations {
  private static final Duration PENDING = Duration.ofSeconds(1);
  private static final Duration RUNNING = Duration.ofSeconds(3);
  private static final Duration REPLAY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(14);

  private final Map<String, Operation> all = new TreeMap<>();
  private long made;
  private boolean hangs;

  /** One operation. */
  record Operation(
      String name,
      String project,
      Location location,
      String type,
      String target,
      String requestId,
      Instant at,
      boolean hangs,
      @Nullable Failure failure) {}

  /** Why an operation failed. */
  record Failure(int status, String code, String message) {}

  /** Operations that begin from now on never end. */
  void setHanging(boolean hanging) {
    hangs = hanging;
  }

  Operation begin(Route route, String type, String target, Instant now, @Nullable Failure failure) {
    made++;
    String requestId = route.query().getOrDefault("requestId", "");
    Operation operation =
        new Operation(
            "operation-" + made,
            route.project(),
            route.location(),
            type,
            target,
            requestId,
            now,
            hangs,
            failure);
    all.put(operation.name(), operation);
    return operation;
  }

  /** The operation that a request made before. */
  Optional<Operation> replayed(Route route, Instant now) {
    String requestId = route.query().getOrDefault("requestId", "");
    if (requestId.equals("00000000-0000-0000-0000-000000000000")) {
      throw RefusedException.invalid("Invalid value for field 'requestId': the zero UUID");
    }
    return requestId.isEmpty()
        ? Optional.empty()
        : all.values().stream()
            .filter(it -> it.requestId().equals(requestId))
            .filter(it -> now.isBefore(it.at().plus(REPLAY)))
            .findFirst();
  }

  Operation get(Route route, Instant now) {
    Operation found = all.get(route.name());
    if (found == null || !now.isBefore(found.at().plus(KEPT))) {
      throw RefusedException.notFound(
          "projects/"
              + route.project()
              + "/"
              + route.location().path()
              + "/operations/"
              + route.name());
    }
    return found;
  }

  /** Operations of a type, the oldest first. */
  List<Operation> of(String type) {
    return all.values().stream().filter(it -> it.type().equals(type)).toList();
  }

  void forget() {
    all.clear();
  }

  Map<String, Object> json(Operation operation, Instant now) {
    Map<String, Object> json = new LinkedHashMap<>();
    String self =
        "projects/"
            + operation.project()
            + "/"
            + operation.location().path()
            + "/operations/"
            + operation.name();
    boolean done = !operation.hangs() && !now.isBefore(operation.at().plus(RUNNING));
    boolean pending = now.isBefore(operation.at().plus(PENDING));
    json.put("kind", "compute#operation");
    json.put("name", operation.name());
    json.put("operationType", operation.type());
    json.put("targetLink", Json.link(operation.target()));
    json.put("selfLink", Json.link(self));
    json.put(
        operation.location().isRegion() ? "region" : "zone",
        Json.link("projects/" + operation.project() + "/" + operation.location().path()));
    json.put("insertTime", operation.at().toString());
    json.put("progress", done ? 100 : 0);
    json.put("status", done ? "DONE" : pending ? "PENDING" : "RUNNING");
    Failure failure = operation.failure();
    if (done && failure != null) {
      json.put("httpErrorStatusCode", failure.status());
      json.put("httpErrorMessage", "BAD REQUEST");
      json.put(
          "error",
          Map.of("errors", List.of(Map.of("code", failure.code(), "message", failure.message()))));
    }
    return json;
  }
}
