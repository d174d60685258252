package dev.windlass.simulations.demo;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A daemon that is killed and started anew: some of the moments of {@link RestartSimulation}. */
class RestartIT {
  private static final int MOMENTS = 4;

  @Test
  void neitherBuysNorDeletesTwiceWhenItIsKilledBetweenTwoWrites() throws IOException {
    int writes;
    try (RestartedRun undisturbed = new RestartedRun(Integer.MAX_VALUE)) {
      writes = undisturbed.play();
    }
    for (int moment = 1; moment <= MOMENTS; moment++) {
      try (RestartedRun run = new RestartedRun(writes * moment / (MOMENTS + 1))) {
        run.play();
      }
    }
  }
}
