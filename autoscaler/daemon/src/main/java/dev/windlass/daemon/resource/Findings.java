package dev.windlass.daemon.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one document while it is read, so that all are told at once. */
public final class Findings {
  private final List<FieldProblem> problems = new ArrayList<>();

  /** Notes a problem. */
  public void add(String field, @Nullable Object value, String expected) {
    problems.add(new FieldProblem(field, value == null ? "" : value.toString(), expected));
  }

  /** Notes that a field is not there. */
  public void missing(String field, String expected) {
    problems.add(new FieldProblem(field, "", expected));
  }

  /** Notes a problem unless a condition holds; returns whether it does. */
  public boolean require(boolean condition, String field, Object value, String expected) {
    if (!condition) {
      add(field, value, expected);
    }
    return condition;
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return problems.isEmpty();
  }

  /** What was noted. */
  public List<FieldProblem> problems() {
    return List.copyOf(problems);
  }

  /** A document that cannot be read on, with what was noted. */
  public <T> Parsed<T> bad() {
    return new Parsed.Bad<>(problems);
  }

  /** The value when nothing is wrong; it is not computed otherwise. */
  public <T> Parsed<T> result(Supplier<T> value) {
    return problems.isEmpty() ? new Parsed.Ok<>(value.get()) : new Parsed.Bad<>(problems);
  }
}
