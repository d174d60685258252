package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status conditions by the API's conventions: a transition time changes with the status alone. */
final class StatusConditions {
  static final String ACCEPTED = "Accepted";
  private static final int MAX_MESSAGE_LENGTH = 1_024;

  private StatusConditions() {}

  /** What a condition is to say. */
  record Wanted(String type, boolean status, String reason, String message) {
    /** Whether the spec is valid. */
    static Wanted accepted(String problem) {
      return problem.isEmpty()
          ? new Wanted(ACCEPTED, true, "Valid", "the spec is valid")
          : new Wanted(ACCEPTED, false, "Invalid", problem);
    }
  }

  /** The wanted conditions with the times of those that are there and have the same status. */
  static List<Condition> merge(
      @Nullable List<Condition> present, List<Wanted> wanted, @Nullable Long generation,
      Instant now) {
    Map<String, Condition> known = byType(present);
    List<Condition> merged = new ArrayList<>();
    for (Wanted each : wanted) {
      Condition before = known.get(each.type());
      String status = each.status() ? "True" : "False";
      String since =
          before != null && status.equals(before.getStatus())
              ? before.getLastTransitionTime()
              : now.truncatedTo(ChronoUnit.SECONDS).toString();
      merged.add(
          new ConditionBuilder()
              .withType(each.type())
              .withStatus(status)
              .withReason(each.reason())
              .withMessage(shortened(each.message()))
              .withObservedGeneration(generation)
              .withLastTransitionTime(since)
              .build());
    }
    return merged;
  }

  /** Whether both say the same; a message alone, whose numbers change all the time, is no news. */
  static boolean same(@Nullable List<Condition> present, List<Condition> merged) {
    return present != null
        && present.stream().map(StatusConditions::gist).toList()
            .equals(merged.stream().map(StatusConditions::gist).toList());
  }

  /** As they are written in a patch. */
  static List<Map<String, Object>> written(List<Condition> conditions) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Condition each : conditions) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", each.getType());
      map.put("status", each.getStatus());
      map.put("reason", each.getReason());
      map.put("message", each.getMessage());
      map.put("lastTransitionTime", each.getLastTransitionTime());
      if (each.getObservedGeneration() != null) {
        map.put("observedGeneration", each.getObservedGeneration());
      }
      list.add(map);
    }
    return list;
  }

  private static List<Object> gist(Condition condition) {
    return List.of(
        String.valueOf(condition.getType()),
        String.valueOf(condition.getStatus()),
        String.valueOf(condition.getReason()),
        String.valueOf(condition.getObservedGeneration()));
  }

  private static Map<String, Condition> byType(@Nullable List<Condition> present) {
    Map<String, Condition> byType = new LinkedHashMap<>();
    if (present != null) {
      present.forEach(each -> byType.put(each.getType(), each));
    }
    return byType;
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE_LENGTH
        ? message
        : message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
  }
}
