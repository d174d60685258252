package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every scaler; a failure names the seed that shows it. */
class ReplicaPlannerPropertyTest {
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void neverLeavesItsBounds(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      int min = random.nextInt(5);
      int max = Math.max(1, min) + random.nextInt(30);
      int current = random.nextInt(40);
      Size size =
          randomScenario(random, current).bounds(min, max).asks(random.nextInt(60)).decide().size();
      boolean atRest = current == 0 || (current >= min && current <= max);
      assertThat(size.current()).isEqualTo(current);
      assertThat(size.desired())
          .as("seed %s, round %s", seed, round)
          .isBetween(atRest ? Math.min(min, current) : min, max);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33, 34})
  void neverAsksForLessWhenTheMetricIsHigher(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      long shape = random.nextLong();
      int low = random.nextInt(50);
      int high = low + random.nextInt(20);
      int current = 1 + random.nextInt(30);
      int less = randomScenario(new Random(shape), current).asks(low).decide().size().desired();
      int more = randomScenario(new Random(shape), current).asks(high).decide().size().desired();
      assertThat(more).as("seed %s, round %s", seed, round).isGreaterThanOrEqualTo(less);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44})
  void decidesTheSameAgainWhenNothingChanged(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      long shape = random.nextLong();
      int current = 1 + random.nextInt(30);
      int asked = random.nextInt(60);
      Scenario scenario = randomScenario(new Random(shape), current).asks(asked);
      ReplicaDecision first = scenario.decide();
      ReplicaDecision second = scenario.history(first.history()).decide();
      assertThat(second.size()).as("seed %s, round %s", seed, round).isEqualTo(first.size());
      assertThat(second.history()).as("seed %s", seed).isEqualTo(first.history());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54})
  void doesNotDependOnTheOrderOfPodsOrSamples(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder words = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        List<String> states = List.of("ready", "never", "lost", "late", "fresh", "ending");
        words
            .append(states.get(random.nextInt(states.size())))
            .append(':')
            .append(random.nextInt(4) == 0 ? "-" : random.nextInt(1500))
            .append(' ');
      }
      PodTokens tokens = PodTokens.parse(words.toString());
      List<Pod> pods = new ArrayList<>(tokens.pods());
      List<MetricReading.PodSample> samples = new ArrayList<>(tokens.samples());
      int current = 1 + random.nextInt(12);
      ReplicaDecision inOrder = byCpu(current, pods, samples);
      Collections.shuffle(pods, random);
      Collections.shuffle(samples, random);
      assertThat(byCpu(current, pods, samples))
          .as("seed %s, round %s: %s", seed, round, words)
          .isEqualTo(inOrder);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64})
  void actsExactlyWhereItWantsAnotherSize(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Scenario scenario = randomScenario(random, random.nextInt(20)).asks(random.nextInt(40));
      if (random.nextInt(4) == 0) {
        scenario.paused();
      }
      ReplicaPlan plan = scenario.plan(NOW);
      Size size = plan.decisions().getFirst().size();
      assertThat(plan.actions())
          .as("seed %s, round %s", seed, round)
          .hasSize(size.current() == size.desired() ? 0 : 1);
    }
  }

  /** In no period more pods than its policy allows are added to, or taken from, its first size. */
  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83, 84})
  void neverMovesFasterThanItsPolicies(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      int pods = 1 + random.nextInt(6);
      int ticksOfPeriod = 1 + random.nextInt(8);
      RatePolicy policy = new RatePolicy(Unit.PODS, pods, Duration.ofSeconds(15L * ticksOfPeriod));
      Direction direction = new Direction(Duration.ZERO, Select.MAX, List.of(policy), null);
      List<Integer> sizes = new ArrayList<>(List.of(20));
      ScalerHistory history = ScalerHistory.EMPTY;
      for (int tick = 0; tick < 80; tick++) {
        ReplicaDecision decision =
            Scenario.of(sizes.getLast())
                .behavior(new ScalingBehavior(direction, direction))
                .history(history)
                .asks(1 + random.nextInt(60))
                .plan(NOW.plusSeconds(tick * 15L))
                .decisions()
                .getFirst();
        history = decision.history();
        int before = sizes.getLast();
        int start = sizes.get(Math.max(0, sizes.size() - ticksOfPeriod));
        sizes.add(decision.size().desired());
        assertThat(sizes.getLast())
            .as("seed %s, round %s, tick %s: %s in %s", seed, round, tick, policy, sizes)
            .isBetween(Math.min(before, start - pods), Math.max(before, start + pods));
      }
    }
  }

  /** A load that stays the same is followed to a size that stays the same. */
  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73, 74})
  void settles(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int asked = 1 + random.nextInt(60);
      int current = 1 + random.nextInt(60);
      @Nullable ScalingBehavior behavior = random.nextBoolean() ? null : ScalingBehavior.DEFAULT;
      ScalerHistory history = ScalerHistory.EMPTY;
      int size = current;
      for (int tick = 0; tick < 60; tick++) {
        ReplicaDecision decision =
            Scenario.of(size)
                .behavior(behavior)
                .history(history)
                .asks(asked)
                .plan(NOW.plusSeconds(tick * 15L))
                .decisions()
                .getFirst();
        history = decision.history();
        size = decision.size().desired();
      }
      assertThat((double) asked / size)
          .as("seed %s, round %s: from %s to %s", seed, round, current, asked)
          .isBetween(0.9, 1.1);
    }
  }

  private static ReplicaDecision byCpu(
      int current, List<Pod> pods, List<MetricReading.PodSample> samples) {
    return Scenario.of(current)
        .pods(pods)
        .metric(Metrics.cpu(50), new MetricReading.PodSamples(samples))
        .decide();
  }

  private static Scenario randomScenario(Random random, int current) {
    List<Recommendation> recent = new ArrayList<>();
    List<ScaleEvent> events = new ArrayList<>();
    for (int age = 600; age > 0; age -= 1 + random.nextInt(120)) {
      recent.add(new Recommendation(NOW.minusSeconds(age), random.nextInt(30)));
      if (random.nextInt(3) == 0) {
        events.add(new ScaleEvent(NOW.minusSeconds(age), random.nextInt(9) - 4));
      }
    }
    boolean asleep = current == 0 && random.nextBoolean();
    Scenario scenario =
        Scenario.of(current).history(new ScalerHistory(recent, events, asleep, null));
    return random.nextBoolean()
        ? scenario
        : scenario.behavior(new ScalingBehavior(direction(random), direction(random)));
  }

  private static Direction direction(Random random) {
    Select select = List.of(Select.MAX, Select.MIN, Select.DISABLED).get(random.nextInt(3));
    List<RatePolicy> policies = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      policies.add(
          new RatePolicy(
              random.nextBoolean() ? Unit.PODS : Unit.PERCENT,
              1 + random.nextInt(60),
              Duration.ofSeconds(1 + random.nextInt(300))));
    }
    return new Direction(Duration.ofSeconds(random.nextInt(400)), select, policies, null);
  }
}
