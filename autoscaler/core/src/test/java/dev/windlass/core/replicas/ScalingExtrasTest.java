package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CronExpression;
import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.ScalerHistory.MetricMemory;
import dev.windlass.core.model.ScalerHistory.Outage;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.ScalingExtras.Schedule;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules, fallbacks and warm-up: what a HorizontalPodAutoscaler has not. */
class ScalingExtrasTest {
  private static final MetricReading FAILURE = new MetricReading.Failure("no answer");

  /** The first of January 2026 is a Thursday. */
  @ParameterizedTest(name = "{0}: {1} to {2} at {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          within            | 0 8 * * *       | 0 18 * * *      | 2026-01-01T12:00:00Z | true
          at the start      | 0 8 * * *       | 0 18 * * *      | 2026-01-01T08:00:00Z | true
          before            | 0 8 * * *       | 0 18 * * *      | 2026-01-01T07:59:59Z | false
          at the end        | 0 8 * * *       | 0 18 * * *      | 2026-01-01T18:00:00Z | false
          over midnight     | 0 22 * * *      | 0 6 * * *       | 2026-01-01T23:00:00Z | true
          over a weekend    | 0 18 * * FRI    | 0 8 * * MON     | 2026-01-04T12:00:00Z | true
          not that weekday  | 0 18 * * FRI    | 0 8 * * MON     | 2026-01-08T12:00:00Z | false
          start is end      | 0 8 * * *       | 0 8 * * *       | 2026-01-01T12:00:00Z | false
          never ends        | 0 8 * * *       | 0 0 30 2 *      | 2026-01-01T12:00:00Z | false
          """)
  void holdsBetweenItsStartAndItsEnd(
      String rule, String start, String end, Instant at, boolean holds) {
    assertThat(schedule(start, end, 5).holds(at)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0}: {2} replicas, metric {1} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the schedule asks for more           | 4    | 5 | 7
          the metric asks for more             | 9    | 5 | 9
          the schedule grows despite a failure | fail | 5 | 7
          a failure keeps a larger size        | fail | 9 | 9
          the schedule alone                   | none | 5 | 7
          the schedule alone shrinks too       | none | 9 | 7
          """)
  void aScheduleIsOneProposalOfSeveral(String rule, String metric, int current, int desired) {
    Scenario scenario = Scenario.of(current).extras(scheduled("0 8 * * *", "0 18 * * *", 7));
    switch (metric) {
      case "none" -> {}
      case "fail" -> scenario.metric(Metrics.externalAverage(1000), FAILURE);
      default -> scenario.asks(Integer.parseInt(metric));
    }
    assertThat(scenario.decide().size()).isEqualTo(new Size(current, desired));
  }

  @Test
  void aScheduleThatIsOverAsksForNothing() {
    ReplicaDecision decision =
        Scenario.of(7).bounds(2, 10).extras(scheduled("0 18 * * *", "0 20 * * *", 7)).decide();
    assertThat(decision.size()).isEqualTo(new Size(7, 2));
    assertThat(decision.metrics())
        .containsExactly(new MetricProposal("Schedule", "office hours", "inactive", "7", 0, null));
  }

  @Test
  void aScheduleWakesItsTarget() {
    ReplicaDecision decision =
        Scenario.of(0)
            .bounds(0, 10)
            .pods(List.of())
            .extras(scheduled("0 8 * * *", "0 18 * * *", 3))
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(0, 3));
    assertThat(decision.verdict().reason()).isEqualTo("schedule office hours above target");
  }

  @ParameterizedTest(name = "{0}: {2} at {1}, failing for {3} s -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not yet               | 5 | STATIC            | 179 | 5
          from then on          | 5 | STATIC            | 180 | 6
          down too              | 9 | STATIC            | 500 | 6
          never fewer           | 9 | CURRENT_IF_HIGHER | 500 | 9
          but more              | 5 | CURRENT_IF_HIGHER | 500 | 6
          never more            | 5 | CURRENT_IF_LOWER  | 500 | 5
          but fewer             | 9 | CURRENT_IF_LOWER  | 500 | 6
          """)
  void fallsBackWhenAMetricHasHadNoAnswerForLong(
      String rule, int current, Fallback.Kind kind, long seconds, int desired) {
    Scenario scenario =
        Scenario.of(current)
            .extras(fallback(new Fallback(Duration.ofMinutes(3), 6, kind)))
            .metric(Metrics.externalAverage(1000), FAILURE);
    ReplicaDecision first = scenario.plan(NOW.minusSeconds(seconds)).decisions().getFirst();
    assertThat(first.size()).isEqualTo(new Size(current, current));
    ReplicaDecision later = scenario.history(first.history()).decide();
    assertThat(later.size()).isEqualTo(new Size(current, desired));
    boolean counts = seconds >= 180;
    assertThat(later.metrics().getFirst().error())
        .isEqualTo("FailedGetExternalMetric: no answer" + (counts ? "; its fallback counts" : ""));
  }

  @Test
  void anAnswerEndsTheFailure() {
    Fallback fallback = new Fallback(Duration.ofMinutes(3), 6, Fallback.Kind.STATIC);
    ReplicaDecision failed =
        Scenario.of(5)
            .extras(fallback(fallback))
            .metric(Metrics.externalAverage(1000), FAILURE)
            .plan(NOW.minusSeconds(500))
            .decisions()
            .getFirst();
    assertThat(failed.history().metrics())
        .containsEntry(0, new MetricMemory(null, new Outage(NOW.minusSeconds(500), 5)));
    ReplicaDecision answered = Scenario.of(5).history(failed.history()).asks(5).decide();
    assertThat(answered.history().metrics()).isEmpty();
  }

  @Test
  void resourceMetricsHaveNoFallback() {
    Fallback fallback = new Fallback(Duration.ZERO, 6, Fallback.Kind.STATIC);
    ReplicaDecision decision =
        Scenario.of(5).extras(fallback(fallback)).metric(Metrics.cpu(50), FAILURE).decide();
    assertThat(decision.size()).isEqualTo(new Size(5, 5));
    assertThat(decision.verdict().limitedBy()).isEqualTo("FailedGetResourceMetric");
  }

  /** The pod {@code lost} its readiness 5 minutes ago and is an hour old. */
  @ParameterizedTest(name = "warm-up {0} min -> {1}")
  @CsvSource({"5, 2", "90, 1"})
  void aScalersOwnWarmUpStandsInForTheClusters(long minutes, int counted) {
    PodTokens tokens = PodTokens.parse("200 lost:200");
    ReplicaDecision decision =
        Scenario.of(2)
            .extras(new ScalingExtras(List.of(), Fallbacks.NONE, Duration.ofMinutes(minutes)))
            .pods(tokens.pods())
            .metric(Metrics.cpu(10), new MetricReading.PodSamples(tokens.samples()))
            .decide();
    int expected = counted == 2 ? 4 : 2;
    assertThat(decision.metrics().getFirst().proposal()).isEqualTo(expected);
  }

  private static ScalingExtras fallback(Fallback fallback) {
    return new ScalingExtras(List.of(), Fallbacks.all(fallback), null);
  }

  private static ScalingExtras scheduled(String start, String end, int replicas) {
    return new ScalingExtras(List.of(schedule(start, end, replicas)), Fallbacks.NONE, null);
  }

  private static Schedule schedule(String start, String end, int replicas) {
    return new Schedule(
        "office hours",
        ZoneId.of("UTC"),
        CronExpression.parse(start).orElseThrow(),
        CronExpression.parse(end).orElseThrow(),
        replicas);
  }
}
