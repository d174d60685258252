package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies are written {@code VALUE[%]/SECONDS}, changes of size {@code CHANGE@AGE}, the age in
 * seconds.
 */
class RateLimitsTest {
  @ParameterizedTest(name = "{0}: {1} {2} at {3}, {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pods                                   | MAX      | 4/15         | 10  |              | 14
          percent                                | MAX      | 100%/15      | 10  |              | 20
          percent rounds up                      | MAX      | 10%/15       | 11  |              | 13
          percent in binary fractions            | MAX      | 10%/15       | 100 |              | 111
          the largest change                     | MAX      | 4/15 100%/15 | 10  |              | 20
          the largest change, small target       | MAX      | 4/15 100%/15 | 1   |              | 5
          the smallest change                    | MIN      | 4/15 100%/15 | 10  |              | 14
          none                                   | DISABLED | 4/15         | 10  |              | 10
          growth in the period counts            | MAX      | 4/15         | 10  | 3@10         | 11
          growth before the period does not      | MAX      | 4/15         | 10  | 3@15         | 14
          used up                                | MAX      | 4/60         | 10  | 2@10 2@50    | 10
          more than used up: never below current | MAX      | 2/60         | 10  | 5@10         | 10
          shrinking gives room back              | MAX      | 4/60         | 10  | -3@10        | 17
          percent of the size at the start       | MAX      | 100%/60      | 10  | 5@10         | 10
          each policy has its period             | MAX      | 4/15 6/60    | 10  | 5@30         | 14
          from zero, percent alone stays         | MAX      | 100%/15      | 0   |              | 0
          from zero, pods                        | MAX      | 4/15         | 0   |              | 4
          """)
  void limitsGrowth(
      String rule, Select select, String policies, int current, String events, int highest) {
    ScalingBehavior behavior =
        new ScalingBehavior(direction(select, policies), Direction.DEFAULT_DOWN);
    assertThat(new RateLimits(behavior, events(events), NOW).highest(current)).isEqualTo(highest);
  }

  @ParameterizedTest(name = "{0}: {1} {2} at {3}, {4} -> {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pods                                   | MAX      | 4/15        | 10  |              | 6
          percent                                | MAX      | 100%/15     | 10  |              | 0
          percent is cut                         | MAX      | 10%/15      | 11  |              | 9
          percent in binary fractions            | MAX      | 20%/15      | 5   |              | 4
          the largest change                     | MAX      | 4/15 10%/15 | 10  |              | 6
          the smallest change                    | MIN      | 4/15 10%/15 | 10  |              | 9
          none                                   | DISABLED | 4/15        | 10  |              | 10
          shrinking in the period counts         | MAX      | 4/15        | 10  | -3@10        | 9
          shrinking before the period does not   | MAX      | 4/15        | 10  | -3@15        | 6
          used up                                | MAX      | 4/60        | 10  | -2@10 -2@50  | 10
          more than used up: never above current | MAX      | 2/60        | 10  | -5@10        | 10
          growth gives room back                 | MAX      | 4/60        | 10  | 3@10         | 3
          below zero                             | MAX      | 40/60       | 10  |              | -30
          """)
  void limitsShrinking(
      String rule, Select select, String policies, int current, String events, int lowest) {
    ScalingBehavior behavior =
        new ScalingBehavior(Direction.DEFAULT_UP, direction(select, policies));
    assertThat(new RateLimits(behavior, events(events), NOW).lowest(current)).isEqualTo(lowest);
  }

  @Test
  void directionWithoutPoliciesHasTheDefaultOnes() {
    Direction silent = new Direction(null, Select.MAX, List.of(), null);
    ScalingBehavior behavior = new ScalingBehavior(silent, silent);
    assertThat(behavior.scaleUp().policies()).isEqualTo(Direction.DEFAULT_UP.policies());
    assertThat(behavior.scaleDown().policies()).isEqualTo(Direction.DEFAULT_DOWN.policies());
  }

  @Test
  void forgetsChangesThatNoPolicyLooksAt() {
    ScalingBehavior behavior =
        new ScalingBehavior(direction(Select.MAX, "4/15"), direction(Select.MAX, "4/60"));
    List<ScaleEvent> remembered =
        new RateLimits(behavior, events("1@60 2@59 3@15"), NOW).remember(new ScaleEvent(NOW, 4));
    assertThat(remembered).isEqualTo(events("2@59 3@15 4@0"));
  }

  /** Found beside the real controller, seed 3, case 24: three replicas became four, not five. */
  @Test
  void strictChangeTakesThePlaceOfOneThatOnlyTheOtherDirectionLooksAt() {
    ScalingBehavior behavior =
        new ScalingBehavior(direction(Select.MIN, "2/1800"), direction(Select.MAX, "9/15"));
    RateLimits limits = new RateLimits(behavior, events("-3@60 3@40 -1@10"), NOW);
    ScaleEvent added = new ScaleEvent(NOW, -2);

    List<ScaleEvent> strict = limits.rememberStrictly(added);

    assertThat(strict).isEqualTo(events("3@40 -1@10 -2@0"));
    assertThat(new RateLimits(behavior, strict, NOW).highest(3)).isEqualTo(5);
    assertThat(limits.remember(added)).isEqualTo(events("-3@60 3@40 -1@10 -2@0"));
    assertThat(new RateLimits(behavior, limits.remember(added), NOW).highest(3)).isEqualTo(8);
  }

  @Test
  void remembersABoundedNumberOfChanges() {
    ScalingBehavior behavior =
        new ScalingBehavior(direction(Select.MAX, "4/1800"), Direction.DEFAULT_DOWN);
    List<ScaleEvent> many = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      many.add(new ScaleEvent(NOW.minusMillis(3_000 - i), 1));
    }
    List<ScaleEvent> remembered =
        new RateLimits(behavior, many, NOW).remember(new ScaleEvent(NOW, 9));
    assertThat(remembered).hasSize(ScalerHistory.MAX_ENTRIES).endsWith(new ScaleEvent(NOW, 9));
    assertThat(remembered.stream().mapToInt(ScaleEvent::change).sum()).isEqualTo(3_009);
  }

  /** Joined changes never allow a step that the changes one by one would forbid. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void joinedChangesAllowNoMoreThanTheyDidOneByOne(long seed) {
    Random random = new Random(seed);
    ScalingBehavior behavior =
        new ScalingBehavior(
            direction(Select.MAX, "4/60 2/900"), direction(Select.MIN, "3/30 5/600"));
    List<ScaleEvent> all = new ArrayList<>();
    List<ScaleEvent> kept = List.of();
    for (int tick = 0; tick < 1_000; tick++) {
      Instant now = NOW.plusSeconds(tick * 3L);
      int current = 1_000 + random.nextInt(50);
      RateLimits joined = new RateLimits(behavior, kept, now);
      RateLimits exact = new RateLimits(behavior, all, now);
      assertThat(joined.highest(current))
          .as("seed %s, tick %s", seed, tick)
          .isBetween(current, exact.highest(current));
      assertThat(joined.lowest(current))
          .as("seed %s, tick %s", seed, tick)
          .isBetween(exact.lowest(current), current);
      int change = random.nextInt(9) - 4;
      if (change != 0) {
        all.add(new ScaleEvent(now, change));
        kept = joined.remember(new ScaleEvent(now, change));
      }
    }
    assertThat(kept).hasSizeLessThanOrEqualTo(ScalerHistory.MAX_ENTRIES);
  }

  private static Direction direction(Select select, String policies) {
    return new Direction(
        null,
        select,
        Arrays.stream(policies.split(" ")).map(RateLimitsTest::policy).toList(),
        null);
  }

  private static RatePolicy policy(String word) {
    String[] parts = word.split("/");
    boolean percent = parts[0].endsWith("%");
    return new RatePolicy(
        percent ? Unit.PERCENT : Unit.PODS,
        Integer.parseInt(parts[0].replace("%", "")),
        Duration.ofSeconds(Long.parseLong(parts[1])));
  }

  private static List<ScaleEvent> events(String words) {
    if (words == null) {
      return List.of();
    }
    return Arrays.stream(words.split(" "))
        .map(word -> word.split("@"))
        .map(parts ->
            new ScaleEvent(NOW.minusSeconds(Long.parseLong(parts[1])), Integer.parseInt(parts[0])))
        .toList();
  }
}
