package dev.windlass.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemandHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(5);

  private static DemandHistory seen(DemandHistory before, String clock, int wanted) {
    return DemandHistory.observe(
        before, STEP, 4, Instant.parse("2026-11-22T" + clock + "Z"), wanted);
  }

  @Test
  void beginsAtAWholeStep() {
    DemandHistory first = DemandHistory.observe(null, STEP, 4, NOON.plusSeconds(130), 3);
    assertThat(first.start()).isEqualTo(NOON);
    assertThat(first.length()).isZero();
    assertThat(first.open()).isEqualTo(3);
    assertThat(first.closedUntil()).isEqualTo(NOON);
  }

  @Test
  void keepsTheHighestDemandOfAStep() {
    DemandHistory history = new DemandHistory(NOON, STEP, new int[0], 3);
    DemandHistory lower = seen(history, "12:01:00", 2);
    assertThat(lower).isSameAs(history);
    DemandHistory next = seen(seen(lower, "12:04:59", 7), "12:05:00", 1);
    assertThat(next.closed()).containsExactly(7);
    assertThat(next.open()).isEqualTo(1);
    assertThat(next.closedUntil()).isEqualTo(NOON.plus(STEP));
  }

  @Test
  void repeatsTheLastDemandForStepsThatNobodySaw() {
    DemandHistory history = new DemandHistory(NOON, STEP, new int[] {1}, 5);
    assertThat(seen(history, "12:20:00", 2))
        .isEqualTo(new DemandHistory(NOON, STEP, new int[] {1, 5, 5, 5}, 2));
  }

  @Test
  void dropsTheOldestStepBeyondItsLength() {
    DemandHistory history = new DemandHistory(NOON, STEP, new int[] {1, 2, 3, 4}, 5);
    assertThat(seen(history, "12:25:00", 6))
        .isEqualTo(new DemandHistory(NOON.plus(STEP), STEP, new int[] {2, 3, 4, 5}, 6));
  }

  @Test
  void beginsAnewAfterALongSilenceAndWithAnotherStep() {
    DemandHistory history = new DemandHistory(NOON, STEP, new int[] {1, 2}, 5);
    assertThat(seen(history, "13:30:00", 6).length()).isZero();
    assertThat(DemandHistory.observe(history, Duration.ofMinutes(15), 4, NOON, 6))
        .isEqualTo(new DemandHistory(NOON, Duration.ofMinutes(15), new int[0], 6));
  }

  @Test
  void ignoresADemandOfTheTimeBeforeItsOpenStep() {
    DemandHistory history = new DemandHistory(NOON, STEP, new int[] {1, 2}, 5);
    assertThat(seen(history, "12:03:00", 60)).isSameAs(history);
    assertThat(seen(history, "11:03:00", 60)).isSameAs(history);
  }

  @Test
  void refusesAStepThatIsNotPositive() {
    assertThatThrownBy(() -> new DemandHistory(NOON, Duration.ZERO, new int[0], 0))
        .hasMessageContaining("PT0S");
  }
}
