package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabilizationTest {
  /** Recent proposals are written {@code REPLICAS@AGE}, the age in seconds. */
  @ParameterizedTest(name = "{0}: {3} wanted at {2}, recent {1} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing recent                   |              | 5 | 3 | 3
          a higher proposal holds          | 8@100        | 9 | 3 | 8
          the highest one holds            | 4@10 8@100 6@200 | 9 | 3 | 8
          as old as the window still holds | 8@300        | 9 | 3 | 8
          older does not                   | 8@301        | 9 | 3 | 3
          it may even make the target grow | 8@100        | 5 | 3 | 8
          lower ones do not hold growth    | 2@10         | 5 | 9 | 9
          """)
  void withoutBehaviorTheHighestRecentProposalHolds(
      String rule, String recent, int current, int wanted, int expected) {
    Stabilization rules = new Stabilization(Duration.ZERO, Duration.ofMinutes(5), true);
    assertThat(rules.apply(current, wanted, parse(recent), NOW)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}: {3} wanted at {2}, recent {1}, windows {4}/{5} -> {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no windows, up                       | 1@10 9@10  | 5 | 7 | 0   | 0   | 7
          no windows, down                     | 1@10 9@10  | 5 | 3 | 0   | 0   | 3
          lower proposal holds growth back     | 6@10       | 5 | 9 | 60  | 0   | 6
          the lowest one, but not below        | 3@10       | 5 | 9 | 60  | 0   | 5
          as old as the window no longer holds | 6@60       | 5 | 9 | 60  | 0   | 9
          higher proposal holds shrinking back | 4@10       | 5 | 2 | 0   | 300 | 4
          the highest one, but not above       | 8@10       | 5 | 2 | 0   | 300 | 5
          down window's end is open            | 4@300      | 5 | 2 | 0   | 300 | 2
          both windows, growing                | 6@10 9@20  | 5 | 8 | 60  | 300 | 6
          both windows, shrinking              | 4@10 1@20  | 5 | 2 | 60  | 300 | 4
          both windows, at rest                | 9@10 1@20  | 5 | 5 | 60  | 300 | 5
          """)
  void withBehaviorBothWindowsHold(
      String rule, String recent, int current, int wanted, int up, int down, int expected) {
    Stabilization rules =
        new Stabilization(Duration.ofSeconds(up), Duration.ofSeconds(down), false);
    assertThat(rules.apply(current, wanted, parse(recent), NOW)).isEqualTo(expected);
  }

  @Test
  void remembersOnlyProposalsThatCanStillCount() {
    Stabilization rules = new Stabilization(Duration.ZERO, Duration.ofMinutes(5), true);
    List<Recommendation> recent = parse("9@400 8@200 5@100 6@50 4@20");
    assertThat(rules.remember(recent, new Recommendation(NOW, 5)))
        .isEqualTo(parse("8@200 6@50 5@0"));
  }

  @Test
  void remembersLowProposalsForTheWindowOfGrowth() {
    Stabilization rules = new Stabilization(Duration.ofMinutes(1), Duration.ofMinutes(5), false);
    assertThat(rules.remember(parse("2@100 3@50 4@20"), new Recommendation(NOW, 5)))
        .isEqualTo(parse("3@50 4@20 5@0"));
  }

  /** Hundreds of proposals, each below the one before, hold the target at least as long. */
  @Test
  void foldsTheOldestSoThatTheyHoldNoShorter() {
    Stabilization rules = new Stabilization(Duration.ZERO, Duration.ofMinutes(15), false);
    List<Recommendation> all = new ArrayList<>();
    List<Recommendation> kept = List.of();
    for (int second = 0; second < 2_000; second++) {
      Recommendation wanted = new Recommendation(NOW.plusSeconds(second), 2_000 - second);
      int exact = rules.apply(2_000, wanted.replicas(), all, wanted.at());
      int folded = rules.apply(2_000, wanted.replicas(), kept, wanted.at());
      assertThat(folded).as("second %s", second).isBetween(exact, 2_000);
      all.add(wanted);
      kept = rules.remember(kept, wanted);
      assertThat(kept).hasSizeLessThanOrEqualTo(ScalerHistory.MAX_ENTRIES);
    }
  }

  @Test
  void alwaysRemembersTheNewest() {
    Stabilization rules = new Stabilization(Duration.ZERO, Duration.ZERO, true);
    assertThat(rules.remember(parse("9@400"), new Recommendation(NOW, 9))).hasSize(1);
  }

  /** The short memory answers as one that forgets nothing. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void shortMemoryAnswersAsACompleteOne(long seed) {
    Random random = new Random(seed);
    Stabilization rules =
        new Stabilization(
            Duration.ofSeconds(random.nextInt(120)),
            Duration.ofSeconds(random.nextInt(300)),
            random.nextBoolean());
    List<Recommendation> all = new ArrayList<>();
    List<Recommendation> kept = List.of();
    for (int tick = 0; tick < 400; tick++) {
      Recommendation wanted = new Recommendation(NOW.plusSeconds(tick * 15L), random.nextInt(12));
      int current = random.nextInt(12);
      assertThat(rules.apply(current, wanted.replicas(), kept, wanted.at()))
          .as("seed %s, tick %s", seed, tick)
          .isEqualTo(rules.apply(current, wanted.replicas(), all, wanted.at()));
      all.add(wanted);
      kept = rules.remember(kept, wanted);
      assertThat(kept).as("seed %s", seed).hasSizeLessThanOrEqualTo(24);
    }
  }

  private static List<Recommendation> parse(String recent) {
    if (recent == null) {
      return List.of();
    }
    return Arrays.stream(recent.split(" "))
        .map(word -> word.split("@"))
        .map(parts ->
            new Recommendation(
                NOW.minusSeconds(Long.parseLong(parts[1])), Integer.parseInt(parts[0])))
        .toList();
  }
}
