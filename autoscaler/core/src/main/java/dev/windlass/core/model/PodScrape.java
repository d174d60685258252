package dev.windlass.core.model;

/**
 * How a metric is read from the pods themselves.
 *
 * @param port the port on which each pod serves its metrics
 * @param path the path there
 * @param reading how a series becomes a number
 * @param aggregation how the series of one pod become its number
 */
public record PodScrape(int port, String path, Reading reading, Aggregation aggregation) {
  /** How a series becomes a number. */
  public enum Reading {
    /** Its value. */
    GAUGE,
    /** Its growth in one second since it was read before; a counter that began anew counts. */
    RATE
  }

  /** How the series of one pod become its number. */
  public enum Aggregation {
    SUM,
    MEAN,
    MAX
  }
}
