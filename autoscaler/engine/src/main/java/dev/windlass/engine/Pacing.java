package dev.windlass.engine;

import java.time.Duration;

/**
 * How often the loop ticks.
 *
 * @param interval the pause between two ticks when nothing happens
 * @param gather how long after a wake-up the loop waits for the rest of a burst
 */
public record Pacing(Duration interval, Duration gather) {
  public static final Pacing DEFAULT = new Pacing(Duration.ofSeconds(10), Duration.ofMillis(100));
}
