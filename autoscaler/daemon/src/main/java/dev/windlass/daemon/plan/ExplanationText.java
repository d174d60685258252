package dev.windlass.daemon.plan;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An Explanation document as text: the sentence, the evidence, the facts. */
final class ExplanationText {
  private ExplanationText() {}

  /** The text, with a line break at its end. */
  static String render(JsonNode explanation) {
    StringBuilder text = new StringBuilder();
    text.append(explanation.path("subject").asString(""))
        .append(": ")
        .append(explanation.path("title").asString(""))
        .append('\n');
    JsonNode rows = explanation.path("rows");
    if (!rows.isEmpty()) {
      TextTable table = new TextTable(cells(explanation.path("columns")));
      rows.forEach(row -> table.add(cells(row)));
      text.append(indented(table.render()));
    }
    for (JsonNode fact : explanation.path("facts")) {
      text.append("  ")
          .append(fact.path("name").asString(""))
          .append(": ")
          .append(fact.path("value").asString(""))
          .append('\n');
    }
    return text.toString();
  }

  private static String[] cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    row.forEach(cell -> cells.add(cell.asString("")));
    return cells.toArray(String[]::new);
  }

  private static String indented(String block) {
    StringBuilder text = new StringBuilder();
    block.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
