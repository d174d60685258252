package dev.windlass.simulations.arena;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what must come. */
final class Patience {
  private static final Duration STEP = Duration.ofMillis(25);
  private static final Duration USUAL = Duration.ofSeconds(90);

  private Patience() {}

  /** Waits until something is there that must be there soon. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    if (!within(USUAL, condition)) {
      throw new IllegalStateException("waited " + USUAL + " in vain for " + what);
    }
  }

  /** Waits at most this long; says whether it came. */
  static boolean within(Duration limit, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(STEP);
    }
    return true;
  }
}
