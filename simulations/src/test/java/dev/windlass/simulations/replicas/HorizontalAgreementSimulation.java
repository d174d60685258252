package dev.windlass.simulations.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strict ReplicaScalers take the same steps as real HorizontalPodAutoscalers. */
class HorizontalAgreementSimulation {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void strictScalersTakeTheStepsOfTheRealController(long seed, @TempDir Path folder)
      throws Exception {
    HorizontalAgreement agreement = HorizontalAgreement.of(seed, 100, 4, folder);

    assertThat(agreement.disagreements()).as("seed %d", seed).isEmpty();
    assertThat(agreement.moves()).isGreaterThan(50);
  }
}
