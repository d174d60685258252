package dev.windlass.daemon.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Builds the answer to "why?" about one object: a sentence, a table as evidence, and facts. */
final class Explanation {
  private final String subject;
  private final String title;
  private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
  private final List<Fields> facts = new ArrayList<>();
  private List<String> head = List.of();

  Explanation(String subject, String title) {
    this.subject = subject;
    this.title = title;
  }

  Explanation columns(String... names) {
    head = List.of(names);
    return this;
  }

  Explanation row(String... cells) {
    ArrayNode row = rows.addArray();
    for (String cell : cells) {
      row.add(cell);
    }
    return this;
  }

  /** A fact, unless there is none. */
  Explanation fact(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(Fields.object().put("name", name).put("value", value));
    }
    return this;
  }

  Fields fields() {
    return Fields.document("Explanation")
        .put("subject", subject)
        .put("title", title)
        .strings("columns", head)
        .put("rows", rows)
        .list("facts", facts, fact -> fact)
        .put("command", "windlass explain " + subject);
  }
}
