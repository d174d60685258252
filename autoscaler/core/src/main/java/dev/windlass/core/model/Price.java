package dev.windlass.core.model;

/**
 * What a machine costs.
 *
 * @param microsPerHour millionths of a US dollar an hour; negative when it is not known
 */
public record Price(long microsPerHour) implements Comparable<Price> {
  public static final Price UNKNOWN = new Price(-1);
  public static final Price FREE = new Price(0);

  /** A price in US dollars an hour. */
  public static Price ofUsdPerHour(double usd) {
    return new Price(Math.round(usd * 1_000_000));
  }

  /** Whether there is a figure. */
  public boolean known() {
    return microsPerHour >= 0;
  }

  /** US dollars an hour; zero when it is not known. */
  public double usdPerHour() {
    return known() ? microsPerHour / 1_000_000.0 : 0;
  }

  @Override
  public int compareTo(Price other) {
    return Long.compare(microsPerHour, other.microsPerHour);
  }
}
