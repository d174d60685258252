package dev.windlass.simulations.apiserver.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A refusal that the client sees: an HTTP status and the body of a {@code Status}. */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int code;
  private final String reason;
  private final transient @Nullable ObjectNode details;
  private final transient Map<String, String> headers;
  private final String next;

  private ApiFailure(
      int code,
      String reason,
      String message,
      @Nullable ObjectNode details,
      Map<String, String> headers,
      String next) {
    super(message, null, false, false);
    this.next = next;
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.headers = Map.copyOf(headers);
  }

  public static ApiFailure of(int code, String reason, String message) {
    return new ApiFailure(code, reason, message, null, Map.of(), "");
  }

  public static ApiFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  public static ApiFailure internal(String message) {
    return of(500, "", message);
  }

  public static ApiFailure notFound(ResourceType type, String name) {
    return of(404, "NotFound", type.qualifiedPlural() + " \"" + name + "\" not found")
        .about(name, type.group(), type.plural());
  }

  public static ApiFailure noSuchResource() {
    return of(404, "NotFound", "the server could not find the requested resource")
        .details(Json.object());
  }

  public static ApiFailure alreadyExists(ResourceType type, String name) {
    return of(409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists")
        .about(name, type.group(), type.plural());
  }

  public static ApiFailure conflict(ResourceType type, String name, String why) {
    return of(
            409,
            "Conflict",
            "Operation cannot be fulfilled on "
                + type.qualifiedPlural()
                + " \""
                + name
                + "\": "
                + why)
        .about(name, type.group(), type.plural());
  }

  public static ApiFailure modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiFailure forbidden(ResourceType type, String name, String why) {
    String what =
        name.isEmpty() ? type.qualifiedPlural() : type.qualifiedPlural() + " \"" + name + "\"";
    return of(403, "Forbidden", what + " is forbidden: " + why)
        .about(name, type.group(), type.plural());
  }

  public static ApiFailure methodNotAllowed() {
    return of(
            405,
            "MethodNotAllowed",
            "the server does not allow this method on the requested resource")
        .details(Json.object());
  }

  public static ApiFailure invalid(ResourceType type, String name, List<Cause> causes) {
    return invalid(type.kind(), type.group(), name, causes);
  }

  /** 422 for an object of a kind; one cause stands in the message bare, several in brackets. */
  public static ApiFailure invalid(String kind, String group, String name, List<Cause> causes) {
    List<String> parts = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    String text = parts.size() == 1 ? parts.getFirst() : "[" + String.join(", ", parts) + "]";
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    ApiFailure failure =
        of(422, "Invalid", qualified + " \"" + name + "\" is invalid: " + text)
            .about(name, group, kind);
    ObjectNode details = failure.details == null ? Json.object() : failure.details;
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      list.addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
    return failure;
  }

  public ApiFailure about(String name, String group, String kind) {
    ObjectNode about = Json.object();
    if (!name.isEmpty()) {
      about.put("name", name);
    }
    if (!group.isEmpty()) {
      about.put("group", group);
    }
    if (!kind.isEmpty()) {
      about.put("kind", kind);
    }
    return details(about);
  }

  public ApiFailure details(ObjectNode about) {
    return new ApiFailure(code, reason, text(), about, headers, next);
  }

  public ApiFailure header(String name, String value) {
    return new ApiFailure(code, reason, text(), details, Map.of(name, value), next);
  }

  /** With a continue token for a client that wants to go on all the same. */
  public ApiFailure next(String token) {
    return new ApiFailure(code, reason, text(), details, headers, token);
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The body that a client reads. */
  public ObjectNode status() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    ObjectNode metadata = status.putObject("metadata");
    if (!next.isEmpty()) {
      metadata.put("continue", next);
    }
    status.put("status", "Failure").put("message", text());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return status.put("code", code);
  }
}
