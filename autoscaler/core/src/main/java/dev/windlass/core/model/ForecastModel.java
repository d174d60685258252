package dev.windlass.core.model;

/** How the next steps of a demand are told from the past ones. */
public enum ForecastModel {
  /** The last half hour goes on as it went: a line through the last six steps. */
  TREND,
  /** The load moves as it moved at this time of earlier seasons. */
  SEASON,
  /** The mean of both. */
  BOTH
}
