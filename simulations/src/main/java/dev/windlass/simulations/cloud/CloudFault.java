package dev.windlass.simulations.cloud;

import java.time.Instant;

/** Something that goes wrong in the cloud for a while. */
public sealed interface CloudFault {
  /** When. */
  Window window();

  /** Orders of a machine type are refused for want of capacity. */
  record Stockout(String instanceType, String zone, Window window) implements CloudFault {}

  /** Orders are accepted, and the machines then fail to launch. */
  record LaunchFailure(String instanceType, Window window) implements CloudFault {}

  /** Every call fails, without effect. */
  record Outage(Window window) implements CloudFault {}

  /** Changes are made, and their answers are lost. */
  record LostAnswers(Window window) implements CloudFault {}

  /**
   * A stretch of time.
   *
   * @param from its first moment
   * @param until the first moment after it
   */
  record Window(Instant from, Instant until) {
    boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }
}
