package dev.windlass.simulations.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of {@link HorizontalAgreementSimulation}. */
class HorizontalAgreementIT {
  private static final long SEED = 20261122;

  @Test
  void strictScalersTakeTheStepsOfTheRealController(@TempDir Path folder) throws Exception {
    HorizontalAgreement agreement = HorizontalAgreement.of(SEED, 30, 2, folder);

    assertThat(agreement.disagreements()).as("seed %d", SEED).isEmpty();
    assertThat(agreement.moves()).isGreaterThan(15);
  }
}
