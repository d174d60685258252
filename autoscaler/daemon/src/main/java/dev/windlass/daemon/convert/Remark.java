package dev.windlass.daemon.convert;

/**
 * Something about a conversion that its user should know: what was left behind, or what is to do.
 *
 * @param field the field of the original that it is about
 * @param text the sentence
 */
public record Remark(String field, String text) {
  @Override
  public String toString() {
    return field + ": " + text;
  }
}
