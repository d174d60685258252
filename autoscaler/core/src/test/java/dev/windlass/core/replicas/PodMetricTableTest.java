package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Metrics that each pod has: what is proposed, and the usage that users read. The words for pods
 * are explained at {@link PodTokens}; {@code error} stands for a metric without a proposal.
 */
class PodMetricTableTest {
  @ParameterizedTest(name = "{0}: {2} at {1}% of {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          on target                                | 50  | 500 500 500                      | 3 | 3     | 50%
          grows by the ratio, rounded up           | 30  | 300 500 700                      | 3 | 5     | 50%
          shrinks by the ratio, rounded up         | 50  | 100 300 500 250 250              | 5 | 3     | 28%
          percent is cut before it is compared     | 50  | 549 549                          | 2 | 2     | 54%
          percent just outside tolerance           | 50  | 560 560                          | 2 | 3     | 56%
          upper end of tolerance is inside         | 50  | 550 550                          | 2 | 2     | 55%
          lower end of tolerance is inside         | 50  | 450 450 450 450 450 450 450 450 450 450 450 | 11 | 11 | 45%
          just below tolerance                     | 50  | 440 440 440 440 440 440 440 440 440 440 440 | 11 | 10 | 44%
          requests weigh                           | 100 | 1010/900 1030/1000 1020/1100     | 3 | 3     | 102%
          more than the request                    | 100 | 2500 2500                        | 2 | 5     | 250%
          ready pods count, not the current size   | 50  | 1000 1000                        | 5 | 4     | 100%
          a rollout's surge counts as ready        | 50  | 600 600 600 600                  | 3 | 5     | 60%
          zero usage                               | 50  | 0 0 0                            | 3 | 0     | 0%
          target beyond the request                | 200 | 1000 1000                        | 2 | 1     | 100%
          missing, shrinking: full request         | 100 | 400 95 - -                       | 4 | 3     | 24%
          missing, shrinking: target above 100     | 200 | 100 100 - -                      | 4 | 3     | 10%
          missing, growing: nothing                | 100 | 3000 3000 - -                    | 4 | 6     | 300%
          missing turns growth around: hold        | 100 | 1900 -                           | 2 | 2     | 190%
          missing makes growth too small: hold     | 100 | 2100 -                           | 2 | 2     | 210%
          missing makes shrinking too small: hold  | 100 | 900 850 - - - - - - - -          | 10 | 10  | 87%
          missing, exactly on target: hold         | 100 | 1000 -                           | 2 | 2     | 100%
          missing, slight overload: hold           | 100 | 1080 1080 1080 -                 | 4 | 4     | 108%
          unready, growing: nothing                | 30  | never:900 500 700                | 3 | 4     | 60%
          unready turns growth around: hold        | 30  | 400 never:500 never:700          | 3 | 3     | 40%
          unready, shrinking: left out             | 50  | 100 300 500 never:250 never:250  | 5 | 2     | 30%
          pending, shrinking: left out             | 50  | 100 pending:- pending:- pending:- pending:- | 5 | 1 | 10%
          pending, growing: nothing                | 30  | 500 700 pending:-                | 3 | 4     | 60%
          unready and missing, growing             | 50  | never:100 2000 -                 | 3 | 4     | 200%
          unready and missing, shrinking           | 50  | never:100 100 100 -              | 4 | 3     | 10%
          failed pods are ignored                  | 50  | 100 300 500 250 250 failed:- failed:- | 5 | 3 | 28%
          succeeded pods are ignored               | 50  | 100 300 500 250 250 succeeded:-  | 5 | 3     | 28%
          ending pods are ignored, samples too     | 50  | 500 500 ending:5000              | 3 | 3     | 50%
          a pod that lost readiness still counts   | 50  | 800 lost:400                     | 2 | 3     | 60%
          a pod that never was ready does not      | 30  | 600 600 late:900                 | 3 | 4     | 60%
          a fresh pod's sample is not trusted      | 30  | 300 fresh:5000                   | 2 | 2     | 30%
          a fresh pod counts as nothing            | 30  | 600 600 fresh:5000               | 3 | 4     | 60%
          a warm pod's sample is trusted           | 30  | 600 warm:600                     | 2 | 4     | 60%
          no Ready condition                       | 30  | 600 600 bare:900                 | 3 | 4     | 60%
          growth against the surge: hold           | 50  | 600 600 -                        | 9 | 9     | 60%
          shrinking against the surge: hold        | 50  | 300 300 300 300 -                | 3 | 3     | 30%
          no sample at all                         | 50  | - - -                            | 3 | error |
          only unready pods have samples           | 50  | never:500 never:500              | 2 | error |
          only samples of strangers                | 50  | - stranger:500                   | 1 | error |
          requests of zero                         | 50  | 500/0 500/0                      | 2 | error |
          one pod without a request                | 50  | 500 500/none                     | 2 | error |
          no pods                                  | 50  | stranger:500                     | 1 | error |
          """)
  void proposesFromCpuUtilization(
      String rule, int target, String pods, int current, String proposal, String usage) {
    check(Metrics.cpu(target), pods, current, proposal, usage);
  }

  @ParameterizedTest(name = "{0}: {2} at {1} of {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grows                                    | 15000 | 20000 10000 30000              | 3 | 4     | 20
          shrinks                                  | 20000 | 12000 12000 12000 12000 12000  | 5 | 3     | 12
          average is cut to thousandths            | 1000  | 1000 1000 1001                 | 3 | 3     | 1
          inside tolerance                         | 20000 | 20000 21000 21000              | 3 | 3     | 20666m
          fractions                                | 500   | 700 800                        | 2 | 3     | 750m
          readiness says nothing                   | 15000 | 50000 10000 never:30000        | 3 | 6     | 30
          a fresh pod counts                       | 15000 | 15000 fresh:45000              | 2 | 4     | 30
          no request is needed                     | 1000  | 2000/none 2000/none            | 2 | 4     | 2
          missing, shrinking: the target           | 1000  | 100 100 - -                    | 4 | 3     | 100m
          missing, growing: nothing                | 1000  | 3000 3000 -                    | 3 | 6     | 3
          missing, on target: hold                 | 1000  | 1000 1000 - -                  | 4 | 4     | 1
          missing turns growth around: hold        | 1000  | 1500 -                         | 2 | 2     | 1500m
          pending, growing: nothing                | 1000  | 3000 pending:-                 | 2 | 3     | 3
          pending, shrinking: left out             | 1000  | 100 100 pending:-              | 3 | 1     | 100m
          ending pods are ignored                  | 1000  | 1000 ending:9000               | 2 | 2     | 1
          zero                                     | 1000  | 0 0                            | 2 | 0     | 0
          no samples                               | 1000  | - -                            | 2 | error |
          only ignored pods have samples           | 1000  | - ending:500                   | 2 | error |
          """)
  void proposesFromAverageOfPods(
      String rule, long target, String pods, int current, String proposal, String usage) {
    check(Metrics.podsAverage(target), pods, current, proposal, usage);
    check(Metrics.scraped(target), pods, current, proposal, usage);
  }

  @ParameterizedTest(name = "{0}: {2} at {1} of {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grows                             | 500 | 800 800             | 2 | 4     | 800m
          needs no requests                 | 500 | 800/none 800/none   | 2 | 4     | 800m
          youth counts for cpu              | 500 | 500 never:5000      | 2 | 2     | 500m
          missing, shrinking: the target    | 500 | 100 100 -           | 3 | 2     | 100m
          """)
  void proposesFromAverageCpu(
      String rule, long target, String pods, int current, String proposal, String usage) {
    check(Metrics.cpuAverage(target), pods, current, proposal, usage);
  }

  /** Every pod asks for one byte, so that a sample of 800 thousandths of a byte is 80 percent. */
  @ParameterizedTest(name = "{0}: {2} at {1}% of {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          memory counts in bytes               | 40 | 800 800           | 2 | 4 | 80%
          readiness says nothing for memory    | 40 | 800 never:800     | 2 | 4 | 80%
          pending pods have no memory          | 40 | 800 800 pending:- | 3 | 4 | 80%
          """)
  void proposesFromMemory(
      String rule, int target, String pods, int current, String proposal, String usage) {
    check(Metrics.memory(target), pods, current, proposal, usage);
  }

  private static void check(
      MetricSpec metric, String pods, int current, String proposal, String usage) {
    PodTokens tokens = PodTokens.parse(pods);
    MetricProposal actual =
        Scenario.of(current)
            .pods(tokens.pods())
            .metric(metric, new MetricReading.PodSamples(tokens.samples()))
            .decide()
            .metrics()
            .getFirst();
    if (proposal.equals("error")) {
      assertThat(actual.proposal()).isNull();
      assertThat(actual.error()).startsWith("FailedGet");
    } else {
      assertThat(actual.error()).isNull();
      assertThat(actual.proposal()).isEqualTo(Integer.parseInt(proposal));
      assertThat(actual.current()).isEqualTo(usage);
    }
  }
}
