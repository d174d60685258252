package dev.windlass.daemon.decode;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What Kubernetes takes as the name and the value of a label. */
final class LabelSyntax {
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private LabelSyntax() {}

  /** Notes a key that names no label. */
  static void checkKey(String field, String key, Problems problems) {
    if (!KEY.matcher(key).matches()) {
      problems.add(field, key, "the name of a label");
    }
  }

  /** Notes values that no label can have. */
  static void checkValues(String field, Set<String> values, Problems problems) {
    for (String value : values) {
      if (!VALUE.matcher(value).matches()) {
        problems.add(field, value, "at most 63 letters, digits, -, _ and .");
      }
    }
  }

  /** Notes labels that no object can have. */
  static void check(String field, Map<String, String> labels, Problems problems) {
    labels.forEach((key, value) -> {
      checkKey(field, key, problems);
      checkValues(field + "." + key, Set.of(value), problems);
    });
  }
}
