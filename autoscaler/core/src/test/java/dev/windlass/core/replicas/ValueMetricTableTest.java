package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of objects and from outside, in the mode that keeps known hazards and in the usual. */
class ValueMetricTableTest {
  @ParameterizedTest(name = "{0}: {2} against {1}, {3} replicas, {4} -> {5}, strict {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grows by ready pods                 | 15000 | 20000       | 3 | 500 500 500              | 4     | 4
          shrinks by ready pods               | 20000 | 12000       | 5 | 500 500 500 500 500      | 3     | 3
          inside tolerance                    | 20000 | 20500       | 3 | 500 500 500              | 3     | 3
          end of tolerance is inside          | 10000 | 11000       | 3 | 500 500 500              | 3     | 3
          just beyond tolerance               | 10000 | 11001       | 3 | 500 500 500              | 4     | 4
          pods that are not ready don't count | 10000 | 20000       | 3 | 500 never:- lost:-       | 2     | 2
          pending pods don't count            | 10000 | 30000       | 3 | 500 pending:- pending:-  | 3     | 3
          none is ready                       | 10000 | 30000       | 3 | never:- never:- never:-  | 3     | 0
          none is ready, shrinking            | 10000 | 100         | 3 | never:- never:- never:-  | 3     | 0
          several series are added up         | 10000 | 10000 20000 | 2 | 500 500                  | 6     | 6
          sums saturate                       | 10000 | 9223372036854775807 1000 | 1 | 500         | 2147483647 | 2147483647
          zero value                          | 10000 | 0           | 3 | 500 500 500              | 0     | 0
          from zero: the ratio itself         | 10000 | 25000       | 0 |                          | 3     | 3
          from zero: tolerance does not count | 10000 | 100         | 0 |                          | 1     | 1
          from zero: nothing to do            | 10000 | 0           | 0 |                          | 0     | 0
          no pods at all                      | 10000 | 20000       | 2 |                          | error | error
          no value                            | 10000 |             | 2 | 500 500                  | error | error
          """)
  void holdsValueAtTarget(
      String rule, long target, String values, int spec, String pods, String usual, String strict) {
    MetricTarget value = new MetricTarget.Value(target);
    check(value, values, spec, spec, pods, false, usual);
    check(value, values, spec, spec, pods, true, strict);
  }

  @ParameterizedTest(name = "{0}: {2} against {1}, {3} asked, {4} there -> {5}, strict {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grows                               | 1000 | 5000  | 3 | 3 | 5     | 5
          shrinks                             | 1000 | 2000  | 5 | 5 | 2     | 2
          rounds up                           | 1000 | 5001  | 3 | 3 | 6     | 6
          inside tolerance                    | 1000 | 3200  | 3 | 3 | 3     | 3
          end of tolerance is inside          | 1000 | 11000 | 10 | 10 | 10  | 10
          beyond tolerance                    | 1000 | 3301  | 3 | 3 | 4     | 4
          surge feeds back only when strict   | 1000 | 3900  | 3 | 4 | 4     | 4
          surge inside tolerance              | 1000 | 4100  | 4 | 5 | 4     | 5
          fewer than asked for                | 1000 | 3000  | 3 | 1 | 3     | 3
          from zero                           | 1000 | 2100  | 0 | 0 | 3     | 3
          stays at zero                       | 1000 | 0     | 0 | 0 | 0     | 0
          to zero                             | 1000 | 0     | 3 | 3 | 0     | 0
          beyond int                          | 1    | 9223372036854775807 | 1 | 1 | 2147483647 | 2147483647
          """)
  void holdsValuePerReplicaAtTarget(
      String rule, long target, String values, int spec, int there, String usual, String strict) {
    MetricTarget value = new MetricTarget.AverageValue(target);
    check(value, values, spec, there, "500", false, usual);
    check(value, values, spec, there, "500", true, strict);
  }

  @ParameterizedTest(name = "{0} over {1} replicas reads {2}")
  @CsvSource({"5000, 3, 1667m", "6000, 3, 2", "0, 3, 0", "1, 3, 1m"})
  void showsTheAverageRoundedUp(long value, int replicas, String shown) {
    MetricProposal proposal =
        Scenario.of(replicas)
            .metric(Metrics.externalAverage(1000), Metrics.values(value))
            .decide()
            .metrics()
            .getFirst();
    assertThat(proposal.current()).isEqualTo(shown);
    assertThat(proposal.target()).isEqualTo("1");
  }

  private static void check(
      MetricTarget target,
      String values,
      int spec,
      int status,
      String pods,
      boolean strict,
      String expected) {
    List<Long> milli =
        values == null ? List.of() : Arrays.stream(values.split(" ")).map(Long::valueOf).toList();
    MetricReading reading = new MetricReading.Values(milli);
    List<MetricProposal> proposals =
        Scenario.of(spec)
            .status(status)
            .bounds(0, Integer.MAX_VALUE)
            .strict(strict)
            .pods(PodTokens.parse(pods == null ? "" : pods).pods())
            .metric(Metrics.external(target), reading)
            .metric(Metrics.object(target), reading)
            .metric(Metrics.prometheus(target), reading)
            .decide()
            .metrics();
    for (MetricProposal proposal : proposals) {
      if (expected.equals("error")) {
        assertThat(proposal.error()).startsWith("FailedGet" + proposal.type() + "Metric: ");
      } else {
        assertThat(proposal.proposal()).isEqualTo(Integer.parseInt(expected));
      }
    }
  }
}
