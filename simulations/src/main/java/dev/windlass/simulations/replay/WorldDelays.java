package dev.windlass.simulations.replay;

import dev.windlass.core.model.GpuPhase;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long things take in the virtual world: a mean for each, up to a fifth more or less by seed.
 * Means: orders of magnitude that users of the three large clouds report for a bare GPU image.
 *
 * @param seed the same seed gives the same delays
 */
record WorldDelays(long seed) {
  private static final double SPREAD = 0.2;

  /** From the order until the machine runs. */
  Duration launch(String machine) {
    return around(Duration.ofSeconds(35), machine, 1);
  }

  /** From then until its node is registered and ready. */
  Duration register(String machine) {
    return around(Duration.ofSeconds(25), machine, 2);
  }

  /** One bootstrap step of a GPU node. */
  Duration bootstrap(String machine, GpuPhase phase) {
    Duration mean =
        switch (phase) {
          case DRIVER -> Duration.ofMinutes(2);
          case RUNTIME -> Duration.ofSeconds(10);
          case DEVICE_PLUGIN -> Duration.ofSeconds(10);
          case VALIDATING -> Duration.ofSeconds(20);
          case LAUNCHING, REGISTERING, READY, FAILED -> Duration.ZERO;
        };
    return around(mean, machine, phase.title().hashCode());
  }

  /** From the order to delete a machine until it is gone. */
  Duration terminate(String machine) {
    return around(Duration.ofSeconds(30), machine, 20);
  }

  private Duration around(Duration mean, String machine, int salt) {
    SplittableRandom random =
        new SplittableRandom(seed * 1_000_003 + machine.hashCode() * 31L + salt);
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofMillis(Math.round(mean.toMillis() * factor));
  }
}
