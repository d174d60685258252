package dev.windlass.daemon.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines about pods that stay pending: one for all pods that got the same answers, and in it one
 * for all node groups that gave the same.
 */
final class PendingLines {
  private PendingLines() {}

  /** One entry for each line, in the order of the plan. */
  static ArrayNode of(JsonNode unhelped) {
    Map<JsonNode, List<String>> podsByAnswers = new LinkedHashMap<>();
    for (JsonNode each : unhelped) {
      podsByAnswers
          .computeIfAbsent(each.path("reasons"), _ -> new ArrayList<>())
          .add(each.path("pod").asString());
    }
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    podsByAnswers.forEach((reasons, pods) ->
        groupsByAnswer(reasons).forEach((answer, groups) -> lines.add(line(pods, groups, answer))));
    return lines;
  }

  private record Answer(String rule, String message) {}

  private static Map<Answer, List<String>> groupsByAnswer(JsonNode reasons) {
    Map<Answer, List<String>> groups = new LinkedHashMap<>();
    for (JsonNode each : reasons) {
      Answer answer = new Answer(each.path("rule").asString(), each.path("message").asString());
      groups
          .computeIfAbsent(answer, _ -> new ArrayList<>())
          .add(each.path("nodeGroup").asString("–"));
    }
    return groups;
  }

  private static ObjectNode line(List<String> pods, List<String> groups, Answer answer) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("pods", pods.size())
        .put("pod", pods.getFirst())
        .put("nodeGroups", String.join(", ", groups))
        .put("rule", answer.rule())
        .put("message", answer.message());
  }
}
