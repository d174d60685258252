package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an event must hold, in the form of the core API. */
final class EventRules {
  private EventRules() {}

  static List<Cause> check(JsonNode event) {
    List<Cause> causes = new ArrayList<>();
    String namespace = Json.string(event, "metadata", "namespace");
    String about = Json.string(event, "involvedObject", "namespace");
    boolean fits = about.isEmpty() ? namespace.equals("default") : about.equals(namespace);
    if (!fits) {
      causes.add(Cause.quoted("involvedObject.namespace", about, "does not match event.namespace"));
    }
    return causes;
  }

  /** What the newer API asks for besides. */
  static List<Cause> checkNewer(JsonNode event) {
    List<Cause> causes = new ArrayList<>();
    for (String field : List.of("action", "reason", "reportingComponent", "reportingInstance")) {
      if (Json.string(event, field).isEmpty()) {
        causes.add(
            Cause.required(field.equals("reportingComponent") ? "reportingController" : field, ""));
      }
    }
    if (!event.has("eventTime")) {
      causes.add(Cause.required("eventTime", ""));
    }
    return causes;
  }
}
