package dev.windlass.daemon.dashboard;

import dev.windlass.daemon.plan.Explanation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The answer to "why?" about one object: what {@code windlass explain -o json} says, and with it a
 * table as evidence and facts, so that the page shows the same words in columns.
 */
final class WhyDocument {
  private static final int MAX_REMEDIES = 2;

  private final Explanation explanation;
  private final String title;
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
  private final List<Fields> facts = new ArrayList<>();
  private List<String> head = List.of();

  /**
   * A document without a table.
   *
   * @param explanation what the command line says
   * @param title what the table shows, or the sentence when there is none
   */
  WhyDocument(Explanation explanation, String title) {
    this.explanation = explanation;
    this.title = title;
  }

  WhyDocument columns(String... names) {
    head = List.of(names);
    return this;
  }

  WhyDocument row(String... cells) {
    ArrayNode row = rows.addArray();
    for (String cell : cells) {
      row.add(cell);
    }
    return this;
  }

  /** A fact, unless there is none. */
  WhyDocument fact(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(Fields.object().put("name", name).put("value", value));
    }
    return this;
  }

  /** What the explanation says one can do about it. */
  WhyDocument remedies() {
    return fact(
        "What helps",
        String.join(" ", explanation.remedies().stream().limit(MAX_REMEDIES).toList()));
  }

  Fields fields() {
    return fieldsWithoutCommand().put("command", "windlass explain " + explanation.subject());
  }

  /** For what the command line can't be asked about. */
  Fields fieldsWithoutCommand() {
    return Fields.of(explanation.json())
        .put("title", title)
        .strings("columns", head)
        .put("rows", rows)
        .list("facts", facts, fact -> fact);
  }
}
