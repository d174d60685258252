package dev.windlass.simulations.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final Growth LINEAR =
      new Growth("nodes", new TreeMap<>(Map.of(5_000, 100.0, 15_000, 310.0, 30_000, 600.0)));
  private static final Growth SQUARE =
      new Growth("shapes", new TreeMap<>(Map.of(500, 10.0, 8_000, 2_560.0)));

  @Test
  void exponentIsThePowerOfTheSizeThatTimeFollows() {
    assertThat(LINEAR.exponent()).isCloseTo(1, within(1e-9));
    assertThat(SQUARE.exponent()).isCloseTo(2, within(1e-9));
  }

  @Test
  void theSizeWithTheLargestExponentDominates() {
    assertThat(Growth.dominating(List.of(LINEAR, SQUARE))).isEqualTo(SQUARE);
  }
}
