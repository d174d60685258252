package dev.windlass.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {
  @ParameterizedTest(name = "{0}: {1} in {2} after {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          every minute                    | * * * * *         | UTC           | 2026-01-01T12:00:00Z | 2026-01-01T12:01:00Z
          within a minute                 | * * * * *         | UTC           | 2026-01-01T12:00:30Z | 2026-01-01T12:01:00Z
          strictly after                  | 0 12 * * *        | UTC           | 2026-01-01T12:00:00Z | 2026-01-02T12:00:00Z
          later today                     | 30 18 * * *       | UTC           | 2026-01-01T12:00:00Z | 2026-01-01T18:30:00Z
          weekdays, from Saturday         | 0 8 * * MON-FRI   | UTC           | 2026-01-03T09:00:00Z | 2026-01-05T08:00:00Z
          Sunday is 0                     | 0 8 * * 0         | UTC           | 2026-01-01T00:00:00Z | 2026-01-04T08:00:00Z
          Sunday is 7                     | 0 8 * * 7         | UTC           | 2026-01-01T00:00:00Z | 2026-01-04T08:00:00Z
          steps                           | */20 * * * *      | UTC           | 2026-01-01T12:01:00Z | 2026-01-01T12:20:00Z
          steps from a value              | 7/20 * * * *      | UTC           | 2026-01-01T12:08:00Z | 2026-01-01T12:27:00Z
          steps over the hour             | 7/20 * * * *      | UTC           | 2026-01-01T12:48:00Z | 2026-01-01T13:07:00Z
          lists                           | 5,50 3,4 * * *    | UTC           | 2026-01-01T03:06:00Z | 2026-01-01T03:50:00Z
          names in any case               | 0 0 1 feb *       | UTC           | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z
          the 31st skips short months     | 0 0 31 * *        | UTC           | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z
          the 29th of February            | 0 0 29 2 *        | UTC           | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z
          a day or a weekday              | 0 0 13 * FRI      | UTC           | 2026-01-03T00:00:00Z | 2026-01-09T00:00:00Z
          a day or a weekday, the day     | 0 0 13 * FRI      | UTC           | 2026-01-10T00:00:00Z | 2026-01-13T00:00:00Z
          a time zone                     | 0 8 * * *         | Europe/Berlin | 2026-01-01T00:00:00Z | 2026-01-01T07:00:00Z
          a time zone in summer           | 0 8 * * *         | Europe/Berlin | 2026-07-01T00:00:00Z | 2026-07-01T06:00:00Z
          an hour that clocks leave out   | 30 2 * * *        | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z
          an hour that comes twice        | 30 2 * * *        | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z
          an hour that came, once         | 30 2 * * *        | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
          """)
  void findsTheNextMinute(String rule, String line, String zone, Instant after, Instant next) {
    assertThat(cron(line).next(after, ZoneId.of(zone))).contains(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 * ",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "* * * MON *",
        "-1 * * * *",
        "@daily"
      })
  void refusesWhatIsNoCrontabLine(String line) {
    assertThat(CronExpression.parse(line)).isEmpty();
  }

  @Test
  void knowsThatADateNeverComes() {
    assertThat(cron("0 0 30 2 *").next(Instant.EPOCH, ZoneId.of("UTC"))).isEmpty();
  }

  /** Walking minute by minute finds the same. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void findsWhatWalkingMinuteByMinuteFinds(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of("UTC");
    for (int round = 0; round < 40; round++) {
      int minute = random.nextInt(60);
      int hour = random.nextInt(24);
      int weekday = random.nextInt(7);
      Instant after = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
      ZonedDateTime walked = after.atZone(zone).withSecond(0).plusMinutes(1);
      while (walked.getMinute() != minute
          || walked.getHour() != hour
          || walked.getDayOfWeek() != DayOfWeek.of(weekday == 0 ? 7 : weekday)) {
        walked = walked.plusMinutes(1);
      }
      assertThat(cron(minute + " " + hour + " * * " + weekday).next(after, zone))
          .as("seed %s, round %s", seed, round)
          .contains(walked.toInstant());
    }
  }

  private static CronExpression cron(String line) {
    return CronExpression.parse(line).orElseThrow();
  }
}
