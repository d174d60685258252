package dev.windlass.provider.contract;

/**
 * What came of a row.
 *
 * @param row its id
 * @param title what is injected
 * @param word {@code passed}, {@code failed} or {@code not applicable}
 * @param reason why it is not applicable, or what failed; empty when it passed
 */
record Verdict(String row, String title, String word, String reason) {
  static final String PASSED = "passed";
  static final String FAILED = "failed";
  static final String NOT_APPLICABLE = "not applicable";

  /** One line, its parts apart by tabs. */
  String line() {
    return String.join("\t", row, title, word, reason.replaceAll("\\s+", " "));
  }

  static Verdict of(String line) {
    String[] parts = line.split("\t", -1);
    return new Verdict(parts[0], parts[1], parts[2], parts[3]);
  }
}
