package dev.windlass.simulations.cloud;

import java.time.Duration;

/**
 * How long the cloud takes.
 *
 * @param launch from the order until the machine runs
 * @param registration from then until its kubelet has written its Node object
 * @param readiness from then until the node is ready
 * @param deletion from the request until the machine is gone
 */
public record CloudDelays(
    Duration launch, Duration registration, Duration readiness, Duration deletion) {
  /** About what the large clouds take for a machine with a warm image. */
  public static final CloudDelays USUAL =
      new CloudDelays(
          Duration.ofSeconds(35),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  /** The same delays in a world that runs this many times as fast. */
  public CloudDelays dividedBy(double speed) {
    return new CloudDelays(
        divided(launch, speed),
        divided(registration, speed),
        divided(readiness, speed),
        divided(deletion, speed));
  }

  private static Duration divided(Duration duration, double speed) {
    return Duration.ofNanos(Math.round(duration.toNanos() / speed));
  }
}
