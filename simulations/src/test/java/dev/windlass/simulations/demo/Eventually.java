package dev.windlass.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Polls for a condition, for a bounded time. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  static boolean holds(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }
}
