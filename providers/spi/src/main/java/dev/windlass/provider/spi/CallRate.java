package dev.windlass.provider.spi;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a method may be called in one account and region.
 *
 * @param calls so many
 * @param period in this time, again and again
 */
public record CallRate(int calls, Duration period) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})/(s|min)");

  public CallRate {
    if (calls < 1 || period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException("a rate is at least one call, not " + calls);
    }
  }

  /** So many in a second. */
  public static CallRate perSecond(int calls) {
    return new CallRate(calls, Duration.ofSeconds(1));
  }

  /** So many in a minute, all at once if need be. */
  public static CallRate perMinute(int calls) {
    return new CallRate(calls, Duration.ofMinutes(1));
  }

  /** Reads {@code 20/s} or {@code 360/min}; throws {@link IllegalArgumentException} otherwise. */
  public static CallRate parse(String text) {
    Matcher read = TEXT.matcher(text);
    if (!read.matches()) {
      throw new IllegalArgumentException("a rate is like 20/s or 360/min, not " + text);
    }
    int calls = Integer.parseInt(read.group(1));
    return read.group(2).equals("s") ? perSecond(calls) : perMinute(calls);
  }
}
