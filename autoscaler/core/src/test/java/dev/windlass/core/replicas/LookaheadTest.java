package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookaheadTest {
  @ParameterizedTest(name = "{0}: {1} asked for, {2} there, metrics ask for {3} -> {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          just decided                          | 3 | 100 100 100                   | 5 | 2
          nothing to do                         | 3 | 100 100 100                   | 3 | 0
          asked for but not created             | 5 | 100 100 100                   | 5 | 2
          both                                  | 5 | 100 100 100                   | 8 | 5
          created and pending                   | 5 | 100 100 pending:- pending:- pending:- | 5 | 0
          a surge covers it                     | 3 | 100 100 100 100               | 4 | 0
          pods that end are replaced            | 3 | 100 100 ending:100            | 3 | 1
          pods that failed are replaced         | 3 | 100 100 failed:-              | 3 | 1
          shrinking                             | 5 | 100 100 100 100 100           | 2 | 0
          """)
  void countsPodsThatWillExistButDoNot(
      String rule, int asked, String pods, int metric, int toCome) {
    assertThat(toCome(Scenario.of(asked).pods(PodTokens.parse(pods).pods()).asks(metric)))
        .hasSize(toCome);
  }

  @Test
  void namesAndShapesThemAsTheTargetWill() {
    Scenario scenario = Scenario.of(3).asks(5);
    List<Pod> pods = toCome(scenario);
    assertThat(pods)
        .extracting(pod -> pod.key().toString())
        .containsExactly("shop/web/+1", "shop/web/+2");
    Pod first = pods.getFirst();
    assertThat(first.spec()).isEqualTo(scenario.snapshot().workloads().pods().getFirst().spec());
    assertThat(first.metadata().labels()).isEqualTo(PodTokens.LABELS);
    assertThat(first.metadata().controller())
        .isEqualTo(new OwnerReference("apps", "Deployment", "web", "uid-1"));
    assertThat(first.metadata().createdAt()).isEqualTo(NOW);
    assertThat(first.isPending()).isTrue();
  }

  @Test
  void aPausedScalerAddsNothingOfItsOwn() {
    assertThat(toCome(Scenario.of(3).paused().asks(9))).isEmpty();
  }

  @Test
  void aTargetWithoutAKnownTemplateAddsNothing() {
    assertThat(toCome(Scenario.of(3).pods(List.of()).asks(5))).isEmpty();
  }

  @Test
  void aTargetWithoutASelectorAddsNothing() {
    assertThat(toCome(Scenario.of(3).selector(null).asks(5))).isEmpty();
  }

  @Test
  void isBounded() {
    assertThat(toCome(Scenario.of(200_000).bounds(1, 1_000_000).asks(200_000))).hasSize(100_000);
  }

  private static List<Pod> toCome(Scenario scenario) {
    return Lookahead.podsToCome(scenario.plan(NOW), scenario.snapshot(), NOW);
  }
}
