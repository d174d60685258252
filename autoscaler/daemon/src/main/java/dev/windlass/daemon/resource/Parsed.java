package dev.windlass.daemon.resource;

import java.util.List;

/** What came of reading a document: its meaning, or everything that is wrong with it. */
public sealed interface Parsed<T> {
  /** The document's meaning. */
  record Ok<T>(T value) implements Parsed<T> {}

  /** All problems, at least one. */
  record Bad<T>(List<FieldProblem> problems) implements Parsed<T> {
    public Bad {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a bad document has at least one problem");
      }
    }

    /** All problems in one line, for a status condition. */
    public String message() {
      return String.join("; ", problems.stream().map(FieldProblem::toString).toList());
    }
  }
}
