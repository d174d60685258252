package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
  private static final ClusterSnapshot EMPTY =
      new ClusterSnapshot(
          ClusterSnapshot.Workloads.NONE,
          ClusterSnapshot.Capacity.NONE,
          ClusterSnapshot.Scaling.NONE,
          ClusterSnapshot.Gpu.NONE,
          Map.of());
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Tick> ticks = new ArrayList<>();
  private final List<RuntimeException> failures = new ArrayList<>();

  private ControlLoop loop(ClusterObserver observer, TickListener listener) {
    return new ControlLoop(
        observer,
        new ActionDispatcher(ActionOutcome.Applied::new, Runnable::run, 10, _ -> {}),
        () -> Policy.DEFAULT,
        InstantSource.fixed(NOON),
        new Instruments(meters, failures::add),
        List.of(listener));
  }

  @Test
  void decidesOnOneSnapshotAndTellsItsListeners() {
    loop(() -> EMPTY, ticks::add).tick();

    assertThat(ticks).hasSize(1);
    assertThat(ticks.getFirst().snapshot()).isSameAs(EMPTY);
    assertThat(ticks.getFirst().decision().at()).isEqualTo(NOON);
    assertThat(meters.timer("windlass.decide").count()).isEqualTo(1);
  }

  @Test
  void aFailedObservationReachesTheCallerAndCountsNoTick() {
    ControlLoop loop =
        loop(
            () -> {
              throw new ObservationFailedException("no picture yet");
            },
            ticks::add);

    assertThatThrownBy(loop::tick).isInstanceOf(ObservationFailedException.class);
    assertThat(ticks).isEmpty();
  }

  @Test
  void goesOnAfterAFailedTick() throws InterruptedException {
    AtomicInteger observations = new AtomicInteger();
    CountDownLatch decided = new CountDownLatch(1);
    ControlLoop loop =
        loop(
            () -> {
              if (observations.incrementAndGet() == 1) {
                throw new ObservationFailedException("no picture yet");
              }
              return EMPTY;
            },
            _ -> decided.countDown());
    WakeUp wakeUp = new WakeUp();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                loop.run(new Pacing(Duration.ofMillis(1), Duration.ofMillis(1)), wakeUp);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });

    assertThat(decided.await(10, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    thread.join(Duration.ofSeconds(10));

    assertThat(failures).hasSize(1);
    assertThat(meters.counter("windlass.tick.failures").count()).isEqualTo(1);
  }

  @Test
  void aPokeEndsThePause() throws InterruptedException {
    WakeUp wakeUp = new WakeUp();
    wakeUp.poke();
    wakeUp.poke();

    assertThat(wakeUp.await(Duration.ofMinutes(1))).isTrue();
    assertThat(wakeUp.await(Duration.ofMillis(1))).as("both pokes count as one").isFalse();
  }
}
