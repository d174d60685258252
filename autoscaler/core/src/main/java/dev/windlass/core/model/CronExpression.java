package dev.windlass.core.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The five fields of a crontab line: minute, hour, day of the month, month, day of the week. As in
 * crontab(5), a time matches when either day matches if both are restricted.
 *
 * @param text the line as it was written
 * @param fields the values that each field allows
 */
public record CronExpression(String text, Fields fields) {
  /** The calendar repeats every 28 years; nothing that ever matches takes longer. */
  private static final int MAX_DAYS = 28 * 366;

  /** The values of each field; Sunday is 0. */
  public record Fields(
      NavigableSet<Integer> minutes,
      NavigableSet<Integer> hours,
      NavigableSet<Integer> days,
      NavigableSet<Integer> months,
      NavigableSet<Integer> weekdays) {
    private static final int ALL_DAYS = 31;
    private static final int ALL_WEEKDAYS = 7;

    public Fields {
      minutes = copy(minutes);
      hours = copy(hours);
      days = copy(days);
      months = copy(months);
      weekdays = copy(weekdays);
    }

    private static NavigableSet<Integer> copy(NavigableSet<Integer> values) {
      return Collections.unmodifiableNavigableSet(new TreeSet<>(values));
    }

    private boolean matches(LocalDate date) {
      if (!months.contains(date.getMonthValue())) {
        return false;
      }
      boolean day = days.contains(date.getDayOfMonth());
      boolean weekday = weekdays.contains(date.getDayOfWeek().getValue() % ALL_WEEKDAYS);
      boolean either = days.size() < ALL_DAYS && weekdays.size() < ALL_WEEKDAYS;
      return either ? day || weekday : day && weekday;
    }
  }

  /**
   * Reads a line such as {@code 30 8 * * MON-FRI}.
   *
   * @return empty when it is no crontab line
   */
  public static Optional<CronExpression> parse(String text) {
    String[] words = text.strip().split("\\s+");
    if (words.length != 5) {
      return Optional.empty();
    }
    Optional<NavigableSet<Integer>> minutes = CronField.MINUTE.parse(words[0]);
    Optional<NavigableSet<Integer>> hours = CronField.HOUR.parse(words[1]);
    Optional<NavigableSet<Integer>> days = CronField.DAY.parse(words[2]);
    Optional<NavigableSet<Integer>> months = CronField.MONTH.parse(words[3]);
    Optional<NavigableSet<Integer>> weekdays = CronField.WEEKDAY.parse(words[4]);
    boolean valid =
        List.of(minutes, hours, days, months, weekdays).stream().allMatch(Optional::isPresent);
    return valid
        ? Optional.of(
            new CronExpression(
                text,
                new Fields(
                    minutes.orElseThrow(),
                    hours.orElseThrow(),
                    days.orElseThrow(),
                    months.orElseThrow(),
                    weekdays.orElseThrow())))
        : Optional.empty();
  }

  /**
   * The first matching minute after an instant. A local time that a change of clocks leaves out
   * counts as the moment of the change's length later; one that comes twice counts once.
   *
   * @return empty when no date matches, as for the 30th of February
   */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZonedDateTime local = after.atZone(zone);
    LocalDate date = local.toLocalDate();
    for (int day = 0; day <= MAX_DAYS; day++, date = date.plusDays(1)) {
      if (fields.matches(date)) {
        for (int hour : fields.hours()) {
          for (int minute : fields.minutes()) {
            Instant at = date.atTime(LocalTime.of(hour, minute)).atZone(zone).toInstant();
            if (at.isAfter(after)) {
              return Optional.of(at);
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
