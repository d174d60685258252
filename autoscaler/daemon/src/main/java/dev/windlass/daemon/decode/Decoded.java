package dev.windlass.daemon.decode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An object of the cluster as a value of the core model, or why it can't be one. A bad object
 * concerns itself alone: its neighbours go on.
 *
 * @param <T> the core type
 */
public sealed interface Decoded<T> {

  /** The value, or nothing if the object is bad. */
  Optional<T> toOptional();

  /** An object that was understood. */
  record Ok<T>(T value) implements Decoded<T> {
    @Override
    public Optional<T> toOptional() {
      return Optional.of(value);
    }
  }

  /** An object that was not, with every problem it has; never empty. */
  record Bad<T>(List<FieldProblem> problems) implements Decoded<T> {
    public Bad {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a bad object has a problem");
      }
    }

    @Override
    public Optional<T> toOptional() {
      return Optional.empty();
    }

    /** All problems in one line. */
    public String sentence() {
      return problems.stream().map(FieldProblem::sentence).collect(Collectors.joining("; "));
    }
  }
}
