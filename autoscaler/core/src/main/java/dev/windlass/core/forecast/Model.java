package dev.windlass.core.forecast;

/** How the next steps are told from the past ones. */
public enum Model {
  /** The last half hour goes on as it went: a line through the last six steps. */
  TREND,
  /** The load moves as it moved at this time of earlier seasons. */
  SEASON,
  /** The mean of both. */
  BOTH
}
