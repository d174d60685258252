package dev.windlass.simulations.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop with machines of the simulated cloud. */
class WholeLoopIT {
  @Test
  void growsWithTheLoadAndComesBackToItsMinimumUnderTheChartsRights(@TempDir Path folder)
      throws Exception {
    WholeLoop.play(DemoProvider.SIMULATED, folder);
  }
}
