package dev.windlass.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a crontab line.
 *
 * @param lowest its lowest value
 * @param highest its highest value
 * @param names names of values, the first one that of the lowest
 */
record CronField(int lowest, int highest, List<String> names) {
  static final CronField MINUTE = new CronField(0, 59, List.of());
  static final CronField HOUR = new CronField(0, 23, List.of());
  static final CronField DAY = new CronField(1, 31, List.of());
  static final CronField MONTH =
      new CronField(
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));

  /** Sunday is 0, and 7 too. */
  static final CronField WEEKDAY =
      new CronField(0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private static final Pattern PART =
      Pattern.compile("(?:(\\*)|(\\w{1,3})(?:-(\\w{1,3}))?)(?:/(\\d{1,2}))?");

  CronField {
    names = List.copyOf(names);
  }

  /** The values that a list of ranges and steps allows; empty when it is none. */
  Optional<NavigableSet<Integer>> parse(String word) {
    NavigableSet<Integer> values = new TreeSet<>();
    for (String part : word.split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches() || !add(matcher, values)) {
        return Optional.empty();
      }
    }
    if (equals(WEEKDAY) && values.remove(highest)) {
      values.add(lowest);
    }
    return Optional.of(Collections.unmodifiableNavigableSet(values));
  }

  private boolean add(Matcher part, NavigableSet<Integer> values) {
    boolean all = part.group(1) != null;
    boolean stepped = part.group(4) != null;
    int step = stepped ? Integer.parseInt(part.group(4)) : 1;
    int last = equals(WEEKDAY) ? highest - 1 : highest;
    int from = all ? lowest : value(part.group(2));
    int to = all ? last : part.group(3) != null ? value(part.group(3)) : stepped ? last : from;
    if (from < lowest || to > highest || to < from || step < 1) {
      return false;
    }
    for (int value = from; value <= to; value += step) {
      values.add(value);
    }
    return true;
  }

  /** A number or a name; out of every range when it is neither. */
  private int value(String word) {
    int named = names.indexOf(word.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + lowest;
    }
    return word.matches("\\d{1,2}") ? Integer.parseInt(word) : Integer.MIN_VALUE;
  }
}
