package dev.windlass.daemon.decode;

/**
 * What is wrong with one field of one object.
 *
 * @param field the path of the field, for instance {@code spec.containers[0].resources}
 * @param value what stands there
 * @param expected what would be right
 */
public record FieldProblem(String field, String value, String expected) {

  /** One sentence. */
  public String sentence() {
    return field + " is '" + value + "', expected " + expected;
  }
}
