package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.Rescale;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPlannerTest {
  private static final MetricReading FAILURE = new MetricReading.Failure("no answer");

  /** Each metric asks for a number of replicas, or fails. */
  @ParameterizedTest(name = "{0}: {2} at {1} -> {3}, {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one metric                           | 3 | 5         | 5 |
          the largest proposal wins            | 3 | 4 6 5     | 6 |
          all below target                     | 5 | 2 3       | 3 |
          all failed: hold                     | 5 | fail fail | 5 | FailedGetExternalMetric
          one failed, the others grow          | 3 | fail 5    | 5 |
          one failed, the others shrink: hold  | 5 | fail 2    | 5 | FailedGetExternalMetric
          one failed, the others stay          | 5 | 5 fail    | 5 |
          one failed, the others ask for zero  | 5 | 0 fail    | 5 | FailedGetExternalMetric
          the only one failed                  | 5 | fail      | 5 | FailedGetExternalMetric
          not read at all                      | 5 | unread    | 5 | FailedGetExternalMetric
          """)
  void takesTheLargestProposalAndNeverShrinksHalfBlind(
      String rule, int current, String metrics, int desired, String limitedBy) {
    Scenario scenario = Scenario.of(current);
    for (String metric : metrics.split(" ")) {
      switch (metric) {
        case "fail" -> scenario.metric(Metrics.externalAverage(1000), FAILURE);
        case "unread" -> scenario.metric(Metrics.externalAverage(1000), null);
        default -> scenario.asks(Integer.parseInt(metric));
      }
    }
    ReplicaDecision decision = scenario.decide();
    assertThat(decision.size()).isEqualTo(new Size(current, desired));
    assertThat(decision.verdict().limitedBy()).isEqualTo(limitedBy);
    assertThat(condition(decision, "ScalingActive"))
        .isEqualTo(limitedBy == null ? "True ValidMetricFound" : "False " + limitedBy);
  }

  @ParameterizedTest(name = "{0}: {3} at {4} within {1} to {2} -> {5}, {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          within                              | 1  | 10 | 5  | 3  | 5  | False DesiredWithinRange
          exactly the maximum                 | 1  | 5  | 5  | 3  | 5  | False DesiredWithinRange
          more than the maximum               | 1  | 4  | 9  | 3  | 4  | True TooManyReplicas
          exactly the minimum                 | 2  | 10 | 2  | 3  | 2  | False DesiredWithinRange
          less than the minimum               | 2  | 10 | 1  | 3  | 2  | True TooFewReplicas
          at most double                      | 1  | 90 | 50 | 10 | 20 | True ScaleUpLimit
          from one to four                    | 1  | 90 | 50 | 1  | 4  | True ScaleUpLimit
          from two to four                    | 1  | 90 | 50 | 2  | 4  | True ScaleUpLimit
          double is the maximum               | 1  | 20 | 50 | 10 | 20 | True TooManyReplicas
          down without a limit                | 1  | 90 | 1  | 80 | 1  | False DesiredWithinRange
          zero needs a minimum of zero        | 1  | 90 | 0  | 3  | 1  | True TooFewReplicas
          to zero                             | 0  | 90 | 0  | 3  | 0  | False DesiredWithinRange
          """)
  void staysWithinBoundsAndDoubles(
      String rule, int min, int max, int asked, int current, int desired, String limited) {
    ReplicaDecision decision = Scenario.of(current).bounds(min, max).asks(asked).decide();
    assertThat(decision.size()).isEqualTo(new Size(current, desired));
    assertThat(condition(decision, "ScalingLimited")).isEqualTo(limited);
  }

  @ParameterizedTest(name = "{0}: {3} within {1} to {2} -> {4}, {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          above the maximum  | 1 | 5  | 9 | 5 | TooManyReplicas
          below the minimum  | 4 | 10 | 2 | 4 | TooFewReplicas
          far below, at once | 50 | 60 | 1 | 50 | TooFewReplicas
          """)
  void returnsToTheBoundsWithoutReadingMetrics(
      String rule, int min, int max, int current, int desired, String limitedBy) {
    ReplicaDecision decision =
        Scenario.of(current)
            .bounds(min, max)
            .metric(Metrics.externalAverage(1000), FAILURE)
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(current, desired));
    assertThat(decision.verdict().limit()).contains(ReplicaReason.ofTitle(limitedBy).orElseThrow());
    assertThat(decision.metrics()).isEmpty();
    assertThat(decision.verdict().conditions())
        .extracting(Condition::type, Condition::reason)
        .containsExactly(tuple("AbleToScale", "SucceededRescale"));
  }

  @Test
  void holdsForOneWindowWhatItSeesForTheFirstTime() {
    ReplicaPlan plan = Scenario.of(5).firstSight().asks(2).plan(NOW);
    ReplicaDecision decision = plan.decisions().getFirst();
    assertThat(decision.size()).isEqualTo(new Size(5, 5));
    assertThat(decision.verdict().limitedBy()).isEqualTo("ScaleDownStabilized");
    assertThat(condition(decision, "AbleToScale")).isEqualTo("True ScaleDownStabilized");
    assertThat(decision.verdict().reason()).contains("asks for 2").contains("highest recent");
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.histories().get(Scenario.WEB))
        .isEqualTo(
            new ScalerHistory(
                List.of(new Recommendation(NOW, 5), new Recommendation(NOW, 2)),
                List.of(),
                false,
                null));
  }

  @Test
  void withoutBehaviorAHigherRecentProposalMakesItGrowFurther() {
    ReplicaDecision decision =
        Scenario.of(5)
            .history(new ScalerHistory(recommendations(8, 60), List.of(), false, null))
            .asks(6)
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(5, 8));
    assertThat(decision.verdict().limitedBy()).isEqualTo("ScaleDownStabilized");
  }

  @Test
  void readsHistoryInAnyOrder() {
    List<Recommendation> disordered =
        List.of(new Recommendation(NOW, 4), new Recommendation(NOW.minusSeconds(60), 8));
    ScalerHistory history = new ScalerHistory(disordered, List.of(), false, null);
    assertThat(history.recommendations()).isEqualTo(disordered.reversed());
    assertThat(Scenario.of(9).history(history).asks(2).decide().size()).isEqualTo(new Size(9, 8));
  }

  @Test
  void doesNotWaitForHistoryThatADumpCannotHave() {
    Scenario scenario = Scenario.of(5).firstSight().policy(Policy.DEFAULT.withElapsed()).asks(2);
    assertThat(scenario.decide().size()).isEqualTo(new Size(5, 2));
  }

  @Test
  void growsAtFirstSight() {
    assertThat(Scenario.of(3).firstSight().asks(5).decide().size()).isEqualTo(new Size(3, 5));
  }

  @ParameterizedTest(name = "{0}: asks for {2} at {1} -> {3}, {4}, {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          defaults: four pods or double       | 2  | 50 | 6  | True ReadyForNewScale   | ScaleUpLimit
          defaults: double is more            | 10 | 50 | 20 | True ReadyForNewScale   | ScaleUpLimit
          defaults: the policy's down window  | 10 | 2  | 10 | True ScaleDownStabilized | ScaleDownStabilized
          """)
  void followsTheDefaultBehavior(
      String rule, int current, int asked, int desired, String able, String limitedBy) {
    ReplicaDecision decision =
        Scenario.of(current)
            .behavior(ScalingBehavior.DEFAULT)
            .history(new ScalerHistory(recommendations(current, 60), List.of(), false, null))
            .asks(asked)
            .decide();
    assertThat(decision.size().desired()).isEqualTo(desired);
    assertThat(decision.verdict().limitedBy()).isEqualTo(limitedBy);
    String shown = desired == current ? able : "True SucceededRescale";
    assertThat(condition(decision, "AbleToScale")).isEqualTo(shown);
  }

  @Test
  void saysThatGrowthIsStabilized() {
    ScalingBehavior slow =
        new ScalingBehavior(
            new Direction(Duration.ofMinutes(1), Select.MAX, List.of(), null),
            Direction.DEFAULT_DOWN);
    ReplicaDecision decision =
        Scenario.of(3)
            .behavior(slow)
            .history(new ScalerHistory(recommendations(3, 30), List.of(), false, null))
            .asks(9)
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(3, 3));
    assertThat(decision.verdict().limitedBy()).isEqualTo("ScaleUpStabilized");
  }

  @Test
  void neverShrinksWhereThatIsDisabled() {
    ScalingBehavior upOnly =
        new ScalingBehavior(
            Direction.DEFAULT_UP, new Direction(Duration.ZERO, Select.DISABLED, List.of(), null));
    ReplicaDecision decision = Scenario.of(9).behavior(upOnly).asks(2).decide();
    assertThat(decision.size()).isEqualTo(new Size(9, 9));
    assertThat(decision.verdict().limitedBy()).isEqualTo("ScaleDownLimit");
  }

  @ParameterizedTest(name = "asks for {2} at 100, tolerances {0} up, {1} down -> {3}")
  @CsvSource({
    ", , 109, 100",
    ", , 91, 100",
    "0.05, , 106, 106",
    "0.05, , 105, 100",
    ", 0.02, 97, 97",
    ", 0.02, 109, 100",
    "0, 0, 101, 101",
    "0, 0, 99, 99",
    "2, , 250, 100",
  })
  void hasATolerancePerDirection(Double up, Double down, int asked, int desired) {
    ScalingBehavior behavior =
        new ScalingBehavior(
            new Direction(Duration.ZERO, Select.MAX, List.of(), up),
            new Direction(Duration.ZERO, Select.MAX, List.of(), down));
    assertThat(Scenario.of(100).bounds(1, 999).behavior(behavior).asks(asked).decide().size())
        .isEqualTo(new Size(100, desired));
  }

  @Test
  void doublesOnlyOnceInASyncPeriod() {
    ScalerHistory grown =
        new ScalerHistory(recommendations(4, 10), List.of(), false, NOW.minusSeconds(10));
    ReplicaDecision early = Scenario.of(8).history(grown).asks(50).decide();
    assertThat(early.size()).isEqualTo(new Size(8, 8));
    assertThat(early.verdict().limitedBy()).isEqualTo("ScaleUpLimit");
    ReplicaPlan later = Scenario.of(8).history(grown).asks(50).plan(NOW.plusSeconds(5));
    assertThat(later.decisions().getFirst().size()).isEqualTo(new Size(8, 16));
  }

  @Test
  void asksForTheNewSizeOfExactlyTheTargetItSaw() {
    ReplicaPlan plan = Scenario.of(3).asks(5).plan(NOW);
    assertThat(plan.actions())
        .containsExactly(
            new Action.ScaleWorkload(
                Scenario.WEB,
                Scenario.TARGET,
                new Identity("uid-1", "7"),
                3,
                5,
                "external metric lag above target"));
  }

  @Test
  void forgetsAChangeThatTheTargetDoesNotShow() {
    Rescale refused = new Rescale(NOW.minusSeconds(1), 3, 7);
    ScalerHistory history =
        new ScalerHistory(
            recommendations(3, 3600),
            List.of(new ScaleEvent(NOW.minusSeconds(1), 4)),
            false,
            NOW.minusSeconds(1),
            refused,
            Map.of());
    ScalingBehavior behavior = ScalingBehavior.DEFAULT;
    ReplicaDecision again = Scenario.of(3).behavior(behavior).history(history).asks(9).decide();
    assertThat(again.size()).isEqualTo(new Size(3, 7));
    assertThat(again.history().events()).containsExactly(new ScaleEvent(NOW, 4));
    ReplicaDecision moved = Scenario.of(7).behavior(behavior).history(history).asks(9).decide();
    assertThat(moved.size()).isEqualTo(new Size(7, 7));
    assertThat(moved.history().events()).hasSize(1);
  }

  @Test
  void onlySaysWhatItWouldDoWhilePaused() {
    ReplicaPlan plan = Scenario.of(3).paused().asks(5).plan(NOW);
    ReplicaDecision decision = plan.decisions().getFirst();
    assertThat(decision.size()).isEqualTo(new Size(3, 3));
    assertThat(decision.verdict().reason()).isEqualTo("paused; it would scale from 3 to 5");
    assertThat(decision.metrics().getFirst().proposal()).isEqualTo(5);
    assertThat(decision.history().events()).isEmpty();
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void holdsATargetThatSelectsNothingOrEverything() {
    ReplicaDecision decision = Scenario.of(3).selector(LabelSelector.EVERYTHING).asks(5).decide();
    assertThat(decision.size()).isEqualTo(new Size(3, 3));
    assertThat(condition(decision, "ScalingActive")).isEqualTo("False InvalidSelector");
    assertThat(Scenario.of(3).selector(null).asks(5).decide().verdict().limitedBy())
        .isEqualTo("InvalidSelector");
  }

  @Test
  void selectsPodsByExpressionsToo() {
    LabelSelector expression =
        new LabelSelector(
            Map.of(), List.of(new Requirement("app", Requirement.Operator.IN, Set.of("web"))));
    PodTokens busy = PodTokens.parse("1000 1000");
    ReplicaDecision decision =
        Scenario.of(2)
            .selector(expression)
            .pods(busy.pods())
            .metric(Metrics.cpu(50), new MetricReading.PodSamples(busy.samples()))
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(2, 4));
  }

  @Test
  void holdsWhenTheMetricsAreStale() {
    Instant old = NOW.minus(Policy.DEFAULT.staleness().metrics()).minusSeconds(1);
    ReplicaDecision decision = Scenario.of(3).metricsObservedAt(old).asks(5).decide();
    assertThat(decision.size()).isEqualTo(new Size(3, 3));
    assertThat(decision.metrics().getFirst().error()).contains("older than 120 s");
    assertThat(Scenario.of(3).metricsObservedAt(old.plusSeconds(1)).asks(5).decide().size())
        .isEqualTo(new Size(3, 5));
  }

  @Test
  void followsCpuAtEightyPercentWhereNothingIsSaid() {
    assertThat(Scenario.of(3).scaler().metrics()).containsExactly(Metrics.cpu(80));
  }

  @Test
  void namesTheReasonsOfAQuietDay() {
    ReplicaDecision decision = Scenario.of(3).asks(3).decide();
    assertThat(decision.verdict().limit()).isEmpty();
    assertThat(
            decision.verdict().conditions().stream()
                .map(one -> one.type() + "=" + one.status() + "/" + one.reason())
                .collect(Collectors.joining(" ")))
        .isEqualTo(
            "AbleToScale=true/ReadyForNewScale ScalingActive=true/ValidMetricFound"
                + " ScalingLimited=false/DesiredWithinRange");
  }

  private static List<Recommendation> recommendations(int replicas, long age) {
    return List.of(new Recommendation(NOW.minusSeconds(age), replicas));
  }

  private static String condition(ReplicaDecision decision, String type) {
    Condition condition =
        decision.verdict().conditions().stream()
            .filter(one -> one.type().equals(type))
            .findFirst()
            .orElseThrow();
    return (condition.status() ? "True " : "False ") + condition.reason();
  }
}
