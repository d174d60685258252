package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that starts anew with what a status holds decides as one that never stopped. */
class RestartTest {
  private static final int TICKS = 120;
  private static final int PERIOD_SECONDS = 15;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRestartAtAnyTickGivesTheSameSeries(long seed) {
    Load load = Load.random(seed);
    List<Integer> whole = series(load, -1, 0);
    for (int restart = 1; restart < TICKS; restart++) {
      assertThat(series(load, restart, restart))
          .as("seed %s, restart at tick %s", seed, restart)
          .isEqualTo(whole);
    }
  }

  /** What a status does not hold yet counts as having happened just now. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void aRestartFromAnOlderStatusNeverLeavesFewerReplicas(long seed) {
    Load load = Load.random(seed).withoutPolicies();
    List<Integer> whole = series(load, -1, 0);
    for (int restart = 6; restart < TICKS; restart++) {
      for (int missing = 2; missing <= 5; missing++) {
        List<Integer> restarted = series(load, restart, restart - missing);
        for (int tick = 0; tick < TICKS; tick++) {
          assertThat(restarted.get(tick))
              .as("seed %s, restart %s, missing %s, tick %s", seed, restart, missing, tick)
              .isGreaterThanOrEqualTo(whole.get(tick));
        }
      }
    }
  }

  /** Six replicas were added since the status was written, nobody knows when. */
  @ParameterizedTest(name = "{0} s after the restart, {1} wanted -> {2}")
  @CsvSource({"0, 40, 16", "59, 40, 16", "60, 40, 20", "0, 1, 6"})
  void aChangeThatTheStatusDoesNotHoldCountsWhereItLeavesLess(
      long seconds, int wanted, int desired) {
    Direction fourInAMinute =
        new Direction(
            Duration.ZERO,
            Select.MAX,
            List.of(new RatePolicy(Unit.PODS, 4, Duration.ofMinutes(1))),
            null);
    Direction tenAtOnce =
        new Direction(
            Duration.ZERO,
            Select.MAX,
            List.of(new RatePolicy(Unit.PODS, 10, Duration.ofSeconds(15))),
            null);
    ReplicaDecision restarted =
        Scenario.of(16)
            .behavior(new ScalingBehavior(fourInAMinute, tenAtOnce))
            .asks(16)
            .remembered(
                new RememberedHistory(ScalerHistory.EMPTY, NOW.minus(Duration.ofMinutes(2)), 10))
            .plan(NOW)
            .decisions()
            .getFirst();
    ReplicaDecision later =
        Scenario.of(16)
            .behavior(new ScalingBehavior(fourInAMinute, tenAtOnce))
            .asks(wanted)
            .history(restarted.history())
            .plan(NOW.plusSeconds(seconds))
            .decisions()
            .getFirst();
    assertThat(later.size().desired()).isEqualTo(desired);
  }

  /** The sizes, tick by tick, where the daemon starts anew with what it knew at another tick. */
  private static List<Integer> series(Load load, int restart, int writtenAt) {
    List<Integer> sizes = new ArrayList<>();
    int size = 10;
    ScalerHistory history = ScalerHistory.EMPTY;
    RememberedHistory written = RememberedHistory.NONE;
    for (int tick = 0; tick < TICKS; tick++) {
      Instant now = NOW.plusSeconds((long) tick * PERIOD_SECONDS);
      Scenario scenario =
          Scenario.of(size).bounds(1, 200).behavior(load.behavior()).asks(load.wanted().get(tick));
      scenario = tick == restart ? scenario.remembered(written) : scenario.history(history);
      ReplicaDecision decision = scenario.plan(now).decisions().getFirst();
      history = decision.history();
      size = decision.size().desired();
      sizes.add(size);
      if (tick == writtenAt - 1) {
        written =
            new RememberedHistory(
                new ScalerHistory(
                    history.recommendations(),
                    history.events(),
                    history.scaledToZero(),
                    history.lastScaleAt()),
                now,
                size);
      }
    }
    return sizes;
  }

  /** What is asked for in each tick, and how fast that is followed. */
  private record Load(List<Integer> wanted, @Nullable ScalingBehavior behavior) {
    static Load random(long seed) {
      Random random = new Random(seed);
      List<Integer> wanted = new ArrayList<>();
      int level = 10;
      for (int tick = 0; tick < TICKS; tick++) {
        if (random.nextInt(8) == 0) {
          level = 1 + random.nextInt(40);
        }
        wanted.add(Math.max(1, level + random.nextInt(5) - 2));
      }
      return new Load(wanted, random.nextInt(4) == 0 ? null : behavior(random));
    }

    /**
     * With a window for shrinking alone. Without tolerance, since a size that was held longer may
     * leave it where the other does not.
     */
    Load withoutPolicies() {
      int window = new Random(wanted.hashCode()).nextInt(300);
      return new Load(wanted, new ScalingBehavior(unlimited(0), unlimited(window)));
    }

    private static Direction unlimited(int window) {
      return new Direction(
          Duration.ofSeconds(window),
          Select.MAX,
          List.of(new RatePolicy(Unit.PODS, 1_000, Duration.ofSeconds(15))),
          0.0);
    }

    private static ScalingBehavior behavior(Random random) {
      return new ScalingBehavior(
          direction(random, random.nextInt(60)), direction(random, random.nextInt(300)));
    }

    private static Direction direction(Random random, int window) {
      return new Direction(
          Duration.ofSeconds(window),
          Select.MAX,
          List.of(
              new RatePolicy(
                  Unit.PODS, 1 + random.nextInt(10), Duration.ofSeconds(15 + random.nextInt(100))),
              new RatePolicy(Unit.PERCENT, 1 + random.nextInt(50), Duration.ofSeconds(15))),
          null);
    }
  }
}
