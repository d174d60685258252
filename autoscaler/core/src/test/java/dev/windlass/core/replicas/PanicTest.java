package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.ScalingExtras.Pace;
import dev.windlass.core.model.ScalingExtras.Panic;
import dev.windlass.core.model.ScalingExtras.Pause;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load that rises fast: at 200 percent within 6 seconds, limits on growth do not count. */
class PanicTest {
  private static final Panic PANIC = new Panic(200, Duration.ofSeconds(6));

  /** Growth waits a minute for the lowest proposal, then takes one pod in a minute. */
  private static final ScalingBehavior SLOW =
      new ScalingBehavior(
          new Direction(
              Duration.ofMinutes(1),
              Select.MAX,
              List.of(new RatePolicy(Unit.PODS, 1, Duration.ofMinutes(1))),
              null),
          new Direction(
              Duration.ZERO,
              Select.MAX,
              List.of(new RatePolicy(Unit.PERCENT, 100, Duration.ofSeconds(15))),
              null));

  @ParameterizedTest(name = "{0}: {2} wanted at {1}, recent {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          at the share                        | 5 | 10  | 12@4 11@2 | 10
          to the lowest of the window         | 5 | 30  | 12@4 11@2 | 11
          below the share                     | 5 | 9   | 12@4 11@2 | 6
          a low proposal of the window        | 5 | 30  | 6@5 11@2  | 6
          as old as the window counts no more | 5 | 30  | 6@6 11@2  | 11
          never beyond the maximum            | 5 | 900 | 800@4     | 100
          from zero, one is no panic          | 0 | 1   | 1@4       | 1
          from zero                           | 0 | 7   | 8@4       | 7
          """)
  void setsWindowAndPoliciesOfGrowthAside(
      String rule, int current, int wanted, String recent, int desired) {
    assertThat(decide(current, wanted, recent, PANIC).size().desired()).isEqualTo(desired);
  }

  @ParameterizedTest(name = "{0} s after a proposal of 9, at 5 replicas and 2 wanted -> {1}")
  @CsvSource({"5, 5", "6, 2"})
  void nothingShrinksWithinItsWindow(int age, int desired) {
    assertThat(decide(5, 2, "9@" + age, PANIC).size().desired()).isEqualTo(desired);
  }

  @ParameterizedTest
  @CsvSource({"5, 30, 12@4, 6", "5, 2, 9@5, 2"})
  void withoutOneTheLimitsCount(int current, int wanted, String recent, int desired) {
    assertThat(decide(current, wanted, recent, null).size().desired()).isEqualTo(desired);
  }

  @ParameterizedTest
  @CsvSource({"10, AbleToScale, Panic", "9, AbleToScale, SucceededRescale"})
  void saysSo(int wanted, String type, String reason) {
    ReplicaDecision decision = decide(5, wanted, "12@4 11@2", PANIC);
    boolean panics = reason.equals("Panic");
    assertThat(decision.verdict().reason().contains("rose so fast")).isEqualTo(panics);
    assertThat("Panic".equals(decision.verdict().limitedBy())).isEqualTo(panics);
    assertThat(decision.verdict().conditions())
        .anyMatch(condition -> condition.type().equals(type));
  }

  private static ReplicaDecision decide(
      int current, int wanted, String recent, @Nullable Panic panic) {
    List<Recommendation> recommendations =
        Arrays.stream(recent.split(" "))
            .map(word -> word.split("@"))
            .map(parts ->
                new Recommendation(
                    NOW.minusSeconds(Long.parseLong(parts[1])), Integer.parseInt(parts[0])))
            .toList();
    return Scenario.of(current)
        .bounds(0, 100)
        .behavior(SLOW)
        .extras(
            new ScalingExtras(
                List.of(), Fallbacks.NONE, null, new Pace(null, panic), Pause.UNTIL_FURTHER_NOTICE))
        .history(new ScalerHistory(recommendations, List.of(), current == 0, null))
        .asks(wanted)
        .decide();
  }
}
