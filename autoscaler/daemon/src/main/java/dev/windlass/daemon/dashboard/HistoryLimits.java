package dev.windlass.daemon.dashboard;

import java.time.Duration;

/**
 * How much the dashboard remembers.
 *
 * @param age how far back
 * @param archiveBytes compressed states of past decisions, together
 * @param logEntries lines of the decision log
 * @param seriesPoints points of each chart
 */
public record HistoryLimits(Duration age, long archiveBytes, int logEntries, int seriesPoints) {
  public static final HistoryLimits DEFAULT =
      new HistoryLimits(Duration.ofHours(6), 64L << 20, 1_000, 720);
}
