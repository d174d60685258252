package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The class of service of a pod, from the cpu and memory of its containers. */
public final class QosClass {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QosClass() {}

  /** {@code BestEffort}, {@code Burstable} or {@code Guaranteed}. */
  public static String of(JsonNode spec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        JsonNode requests = Json.at(container, "resources", "requests");
        JsonNode limits = Json.at(container, "resources", "limits");
        for (String name : COUNTED) {
          any |= requests.has(name) || limits.has(name);
          guaranteed &= limits.has(name) && limits.path(name).equals(requests.path(name));
        }
      }
    }
    return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
  }
}
