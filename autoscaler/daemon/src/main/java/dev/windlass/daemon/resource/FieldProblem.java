package dev.windlass.daemon.resource;

/**
 * One thing that is wrong with a document.
 *
 * @param field the path from the document's root, for instance {@code spec.zones[1]}
 * @param value what stands there, shortened; empty when the field is missing
 * @param expected what should stand there
 */
public record FieldProblem(String field, String value, String expected) {
  private static final int MAX_VALUE_LENGTH = 80;

  public FieldProblem {
    if (value.length() > MAX_VALUE_LENGTH) {
      value = value.substring(0, MAX_VALUE_LENGTH - 1) + "…";
    }
  }

  /** Field, value and what was expected in one line. */
  @Override
  public String toString() {
    return value.isEmpty()
        ? field + ": expected " + expected
        : field + ": expected " + expected + ", got " + value;
  }
}
