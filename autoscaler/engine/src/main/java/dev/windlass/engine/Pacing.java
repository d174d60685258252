package dev.windlass.engine;

import java.time.Duration;

/**
 * How often the loop ticks.
 *
 * @param interval the pause between two ticks when nothing happens
 * @param gather how long it must be quiet after a wake-up until the rest of a burst counts as
 *     there; one that goes on is waited for three times as long
 */
public record Pacing(Duration interval, Duration gather) {
  public static final Pacing DEFAULT = new Pacing(Duration.ofSeconds(10), Duration.ofMillis(100));
}
