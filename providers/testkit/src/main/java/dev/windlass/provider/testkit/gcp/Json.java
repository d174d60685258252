package dev.windlass.provider.testkit.gcp;

import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How Google's interfaces write: JSON, links between resources, pages, errors. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String TYPE = "application/json; charset=UTF-8";
  private static final int USUAL_PAGE = 500;

  private Json() {}

  static JsonNode parse(String text) {
    return MAPPER.readTree(text.isEmpty() ? "{}" : text);
  }

  static Reply reply(Map<String, Object> body) {
    return Reply.of(200, TYPE, MAPPER.writeValueAsString(body));
  }

  /** A resource's address. */
  static String link(String path) {
    return "https://www.googleapis.com/compute/v1/" + path;
  }

  /** The last part of an address. */
  static String last(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** One page under a name, and the token of the next. */
  static Map<String, Object> page(Route route, int largest, String name, List<?> items) {
    int from = Integer.parseInt(route.query().getOrDefault("pageToken", "0"));
    int asked = Integer.parseInt(route.query().getOrDefault("maxResults", "" + USUAL_PAGE));
    int to = Math.min(items.size(), from + Math.min(asked, largest));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("kind", "compute#" + name);
    page.put(name, items.subList(Math.min(from, to), to));
    if (to < items.size()) {
      page.put("nextPageToken", "" + to);
    }
    return page;
  }

  static Reply error(Fault.Refusal refusal) {
    Map<String, Object> detail =
        Map.of("message", refusal.message(), "domain", "global", "reason", refusal.code());
    Map<String, Object> error =
        Map.of(
            "code", refusal.status(),
            "message", refusal.message(),
            "errors", List.of(detail),
            "status", status(refusal.status()));
    Map<String, String> headers = new HashMap<>(refusal.headers());
    headers.put("Content-Type", TYPE);
    String body = MAPPER.writeValueAsString(Map.of("error", error));
    return new Reply(refusal.status(), headers, body, false);
  }

  private static String status(int code) {
    return switch (code) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ALREADY_EXISTS";
      case 412 -> "FAILED_PRECONDITION";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
