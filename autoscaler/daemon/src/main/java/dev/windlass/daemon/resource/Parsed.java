package dev.windlass.daemon.resource;

import java.util.List;
import java.util.function.Function;

/** What came of reading a document: its meaning, or everything that is wrong with it. */
public sealed interface Parsed<T> {
  /** Reads on from the meaning; problems stay what they are. */
  default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
    return switch (this) {
      case Ok<T> ok -> next.apply(ok.value());
      case Bad<T> bad -> new Bad<>(bad.problems());
    };
  }

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
