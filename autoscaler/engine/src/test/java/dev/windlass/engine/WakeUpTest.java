package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WakeUpTest {
  private static final Duration QUIET = Duration.ofMillis(50);

  private final WakeUp wakeUp = new WakeUp();

  @Test
  void severalPokesCountAsOne() throws InterruptedException {
    wakeUp.poke();
    wakeUp.poke();

    assertThat(wakeUp.await(Duration.ofMinutes(1))).isTrue();
    assertThat(wakeUp.await(Duration.ZERO)).isFalse();
  }

  @Test
  void gathersUntilItIsQuiet() throws InterruptedException {
    wakeUp.poke();
    long begin = System.nanoTime();

    wakeUp.gather(QUIET);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(QUIET.dividedBy(2));
    assertThat(wakeUp.await(Duration.ZERO)).as("what was gathered").isFalse();
  }

  @Test
  void waitsForABurstThatGoesOnOnlySoLong() throws InterruptedException {
    Duration quiet = Duration.ofMillis(500);
    Thread burst = Thread.ofPlatform().daemon().start(this::pokeOnAndOn);
    long begin = System.nanoTime();

    wakeUp.gather(quiet);
    burst.interrupt();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(quiet.multipliedBy(3));
  }

  @Test
  void gathersNothingWhenItHasBeenQuiet() throws InterruptedException {
    Duration second = Duration.ofSeconds(1);
    wakeUp.gather(second);
    wakeUp.hurry();

    assertThat(wakeUp.await(Duration.ofMinutes(1))).isTrue();
    long begin = System.nanoTime();
    wakeUp.gather(second);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(second);
  }

  @Test
  void gathersABurstForOneWhoIsInAHurry() throws InterruptedException {
    wakeUp.poke();
    wakeUp.hurry();
    long begin = System.nanoTime();

    wakeUp.gather(Duration.ofMillis(500));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(QUIET);
  }

  private void pokeOnAndOn() {
    while (!Thread.currentThread().isInterrupted()) {
      wakeUp.poke();
      Thread.onSpinWait();
    }
  }
}
