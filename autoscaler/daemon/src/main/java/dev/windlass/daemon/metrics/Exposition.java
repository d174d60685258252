package dev.windlass.daemon.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A page in Prometheus' text format, read for the series of some names; lines of other names are
 * passed over unread. OpenMetrics' exemplars and timestamps are ignored.
 */
final class Exposition {
  static final int MAX_SERIES = 10_000;
  private static final int MAX_LABELS = 128;

  private final String line;
  private int at;

  private Exposition(String line, int at) {
    this.line = line;
    this.at = at;
  }

  /** A series: its labels in the order of their names, and its value, perhaps NaN or infinite. */
  record Series(Map<String, String> labels, double value) {}

  /** The series of each name that the page has; empty when a line of them is malformed. */
  static Optional<Map<String, List<Series>>> read(String page, Set<String> names) {
    Map<String, List<Series>> found = new HashMap<>();
    int count = 0;
    for (String line : (Iterable<String>) page.lines()::iterator) {
      int end = nameEnd(line);
      String name = line.substring(0, end);
      if (end == 0 || !names.contains(name)) {
        continue;
      }
      Optional<Series> series = new Exposition(line, end).series();
      if (series.isEmpty() || ++count > MAX_SERIES) {
        return Optional.empty();
      }
      found.computeIfAbsent(name, _ -> new ArrayList<>()).add(series.get());
    }
    return Optional.of(found);
  }

  private static int nameEnd(String line) {
    int end = 0;
    while (end < line.length() && isName(line.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isName(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '_'
        || each == ':';
  }

  private Optional<Series> series() {
    Map<String, String> labels = new TreeMap<>();
    skipBlanks();
    if (take('{') && !labels(labels)) {
      return Optional.empty();
    }
    skipBlanks();
    int start = at;
    while (at < line.length() && !isBlank(line.charAt(at))) {
      at++;
    }
    return MetricNumbers.parse(line.substring(start, at)).map(value -> new Series(labels, value));
  }

  /** Labels up to the closing brace; a comma may follow the last. */
  private boolean labels(Map<String, String> labels) {
    while (labels.size() <= MAX_LABELS) {
      skipBlanks();
      if (take('}')) {
        return true;
      }
      int start = at;
      while (at < line.length() && isName(line.charAt(at))) {
        at++;
      }
      String name = line.substring(start, at);
      skipBlanks();
      boolean begun = take('=');
      skipBlanks();
      Optional<String> value = begun && take('"') ? quoted() : Optional.empty();
      if (name.isEmpty() || value.isEmpty() || labels.put(name, value.get()) != null) {
        return false;
      }
      skipBlanks();
      if (!take(',')) {
        return take('}');
      }
    }
    return false;
  }

  /** The rest of a label's value, up to its quote. */
  private Optional<String> quoted() {
    StringBuilder value = new StringBuilder();
    while (at < line.length()) {
      char each = line.charAt(at++);
      if (each == '"') {
        return Optional.of(value.toString());
      }
      if (each != '\\') {
        value.append(each);
      } else if (at < line.length()) {
        char escaped = line.charAt(at++);
        value.append(escaped == 'n' ? '\n' : escaped);
      }
    }
    return Optional.empty();
  }

  private boolean take(char expected) {
    boolean here = at < line.length() && line.charAt(at) == expected;
    at += here ? 1 : 0;
    return here;
  }

  private void skipBlanks() {
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char each) {
    return each == ' ' || each == '\t';
  }
}
