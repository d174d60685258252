package dev.windlass.daemon.decode;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one object while it is decoded. */
final class Problems {
  private final List<FieldProblem> found = new ArrayList<>();

  void add(String field, String value, String expected) {
    found.add(new FieldProblem(field, value, expected));
  }

  boolean none() {
    return found.isEmpty();
  }

  /** The value if nothing was wrong. */
  <T> Decoded<T> unlessAny(T value) {
    return found.isEmpty() ? new Decoded.Ok<>(value) : new Decoded.Bad<>(found);
  }

  /** For a value that could not be built at all. */
  <T> Decoded<T> bad() {
    return new Decoded.Bad<>(found);
  }
}
