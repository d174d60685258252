package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLimiterTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final EventLimiter limiter = new EventLimiter(3);

  @Test
  void admitsOneForEachObjectAndReasonInFiveMinutes() {
    assertThat(limiter.admits("Pod a", "Unhelped", T0)).isTrue();
    assertThat(limiter.admits("Pod a", "Unhelped", T0.plusSeconds(299))).isFalse();
    assertThat(limiter.admits("Pod a", "Evicted", T0.plusSeconds(299))).isTrue();
    assertThat(limiter.admits("Pod b", "Unhelped", T0.plusSeconds(299))).isTrue();
    assertThat(limiter.admits("Pod a", "Unhelped", T0.plusSeconds(300))).isTrue();
    assertThat(limiter.surplus()).isZero();
  }

  @Test
  void countsWhatIsTooMuchInASecondAndAdmitsItLater() {
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.admits("Pod " + i, "Unhelped", T0.plusMillis(i))).isTrue();
    }
    assertThat(limiter.admits("Pod 3", "Unhelped", T0.plusMillis(900))).isFalse();
    assertThat(limiter.surplus()).isEqualTo(1);
    assertThat(limiter.admits("Pod 3", "Unhelped", T0.plusSeconds(1))).isTrue();
  }

  @Test
  void neverAdmitsMoreThanTheRateInAnySecondOfABurst() {
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += limiter.admits("Pod " + i, "Unhelped", T0.plusMillis(i)) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(30);
    assertThat(limiter.surplus()).isEqualTo(10_000 - 30);
  }
}
