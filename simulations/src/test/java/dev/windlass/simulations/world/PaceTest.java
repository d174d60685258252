package dev.windlass.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant START = Instant.parse("2026-11-02T07:00:00Z");
  private static final Pace PACE = new Pace(START, 60);

  @Test
  void oneSecondIsOneMinute() {
    assertThat(PACE.real(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(PACE.elapsed(START.plusSeconds(2))).isEqualTo(Duration.ofMinutes(2));
    assertThat(PACE.at(Duration.ofMinutes(3))).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void aSpeedIsPositive() {
    assertThatThrownBy(() -> new Pace(START, 0)).hasMessageContaining("positive");
    assertThatThrownBy(() -> new Pace(START, Double.NaN)).hasMessageContaining("positive");
  }
}
