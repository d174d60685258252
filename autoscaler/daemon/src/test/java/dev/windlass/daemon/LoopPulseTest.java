package dev.windlass.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.engine.Pacing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoopPulseTest {
  private static final Pacing PACING = new Pacing(Duration.ofSeconds(10), Duration.ZERO);
  private static final Duration BOUND = LoopPulse.MAX_SILENCE.plus(PACING.interval());

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LoopPulse pulse = new LoopPulse(() -> now, PACING);

  @Test
  void isWellWhileItStandsByForAnyTime() {
    now = now.plus(Duration.ofDays(1));

    assertThat(pulse.health().good()).isTrue();
  }

  @Test
  void isUnwellWhenTheLoopBeganAndNoTickEndsInTime() {
    pulse.began();
    now = now.plus(BOUND);
    assertThat(pulse.health().good()).isTrue();

    now = now.plusSeconds(1);

    assertThat(pulse.health().good()).isFalse();
    assertThat(pulse.health().message()).isEqualTo("no tick ended for 131 s: more than PT2M10S");
  }

  @Test
  void aTickThatFailsIsAnEndAndFailuresAloneAreTooLittleInTheEnd() {
    pulse.began();
    for (int minute = 1; minute <= 15; minute++) {
      now = now.plusSeconds(60);
      pulse.failed();
      assertThat(pulse.health().good()).as("minute " + minute).isTrue();
    }

    now = now.plusSeconds(60);
    pulse.failed();

    assertThat(pulse.health().message()).startsWith("every tick failed for 960 s");
    assertThat(pulse.health().good()).isFalse();
  }

  @Test
  void isWellAgainOnceItStandsByOrATickSucceeds() {
    pulse.began();
    now = now.plus(BOUND).plusSeconds(1);
    assertThat(pulse.health().good()).isFalse();

    pulse.ended();
    assertThat(pulse.health().good()).isTrue();

    pulse.began();
    assertThat(pulse.health().good()).isTrue();
  }

  @Test
  void aFailureAfterTheEndBeginsNothing() {
    pulse.failed();
    now = now.plus(Duration.ofDays(1));

    assertThat(pulse.health().good()).isTrue();
  }
}
