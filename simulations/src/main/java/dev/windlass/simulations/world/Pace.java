package dev.windlass.simulations.world;

import java.time.Duration;
import java.time.Instant;

/**
 * How a world's own time relates to the wall clock.
 *
 * @param start the wall clock's time when the world began
 * @param speed seconds of the world in one second of the wall clock
 */
public record Pace(Instant start, double speed) {
  public Pace {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("a speed is positive, not " + speed);
    }
  }

  /** How long something of the world takes on the wall clock. */
  public Duration real(Duration ofWorld) {
    return Duration.ofNanos(Math.round(ofWorld.toNanos() / speed));
  }

  /** How much of the world's time has passed at this moment of the wall clock. */
  public Duration elapsed(Instant now) {
    return Duration.ofNanos(Math.round(Duration.between(start, now).toNanos() * speed));
  }

  /** When, on the wall clock, this much of the world's time has passed. */
  public Instant at(Duration elapsed) {
    return start.plus(real(elapsed));
  }
}
