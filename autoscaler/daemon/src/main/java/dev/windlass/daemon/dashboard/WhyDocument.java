package dev.windlass.daemon.dashboard;

import dev.windlass.daemon.plan.Explanation;
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the answer to "why?" about one object: what {@code windlass explain -o json} says, and
 * what only the daemon's history knows.
 */
final class WhyDocument {
  private final String subject;
  private final String code;
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private List<String> columns = List.of();

  /** An answer without evidence and facts. */
  WhyDocument(String subject, String code, String title) {
    this.subject = subject;
    this.code = code;
    this.title = title;
  }

  /** What the command line says, to be added to. */
  static WhyDocument of(Explanation explanation) {
    WhyDocument why =
        new WhyDocument(explanation.subject(), explanation.code(), explanation.title());
    why.columns = explanation.evidence().columns();
    why.rows.addAll(explanation.evidence().rows());
    why.facts.addAll(explanation.facts());
    return why;
  }

  WhyDocument columns(String... names) {
    columns = List.of(names);
    return this;
  }

  WhyDocument row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** A fact, unless there is none. */
  WhyDocument fact(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(name, value));
    }
    return this;
  }

  /** Takes over another explanation's facts. */
  WhyDocument facts(Explanation explanation) {
    facts.addAll(explanation.facts());
    return this;
  }

  Fields fields() {
    return fieldsWithoutCommand().put("command", "windlass explain " + subject);
  }

  /** For what the command line can't be asked about. */
  Fields fieldsWithoutCommand() {
    return Fields.of(
        new Explanation(subject, code, title, new Evidence(columns, rows), facts).json());
  }
}
