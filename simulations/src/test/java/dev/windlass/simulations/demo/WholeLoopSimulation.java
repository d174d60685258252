package dev.windlass.simulations.demo;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The whole loop through each real cloud adapter, against the fakes of the clouds. */
class WholeLoopSimulation {
  @ParameterizedTest
  @EnumSource(value = DemoProvider.class, mode = Mode.EXCLUDE, names = "SIMULATED")
  void growsWithTheLoadAndComesBackToItsMinimumInEachCloudAndInAllAtOnce(
      DemoProvider provider, @TempDir Path folder) throws Exception {
    WholeLoop.play(provider, folder);
  }
}
