package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.Rescale;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleToZeroTest {
  @ParameterizedTest(name = "{0}: own zero {1}, minimum {2}, metric {3} -> {4} {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          somebody else's zero is a pause   | false | 0 | external | 0 | ScalingDisabled
          also above a minimum              | false | 2 | external | 0 | ScalingDisabled
          own zero wakes                    | true  | 0 | external | 4 | ScaleUpLimit
          a raised minimum wakes            | true  | 2 | external | 2 | TooFewReplicas
          a raised minimum wakes without it | true  | 2 | cpu      | 2 | TooFewReplicas
          nothing would wake it: one stays  | true  | 0 | cpu      | 1 | TooFewReplicas
          """)
  void wakesOnlyTargetsThatItPutToSleep(
      String rule, boolean own, int min, String metric, int desired, String limitedBy) {
    Scenario scenario =
        Scenario.of(0)
            .bounds(min, 100)
            .pods(List.of())
            .history(new ScalerHistory(recommendations(0, 3600), List.of(), own, null));
    if (metric.equals("external")) {
      scenario.asks(9);
    } else {
      scenario.metric(Metrics.cpu(50), new MetricReading.PodSamples(List.of()));
    }
    ReplicaDecision decision = scenario.decide();
    assertThat(decision.size()).isEqualTo(new Size(0, desired));
    assertThat(decision.verdict().limitedBy()).isEqualTo(limitedBy);
  }

  @Test
  void keepsOneReplicaWhereNothingCouldWakeTheTarget() {
    PodTokens idle = PodTokens.parse("0 0");
    ReplicaDecision decision =
        Scenario.of(2)
            .bounds(0, 10)
            .pods(idle.pods())
            .metric(Metrics.cpu(50), new MetricReading.PodSamples(idle.samples()))
            .decide();
    assertThat(decision.size()).isEqualTo(new Size(2, 1));
  }

  @Test
  void saysThatItScaledToZeroAndRemembers() {
    ReplicaDecision decision = Scenario.of(5).bounds(0, 10).asks(0).decide();
    assertThat(condition(decision, "ScaledToZero")).isEqualTo("True ScaledToZero");
    assertThat(decision.history().scaledToZero()).isTrue();
  }

  @Test
  void forgetsItsZeroOnceTheTargetIsUpAgain() {
    ScalerHistory woken =
        new ScalerHistory(
            recommendations(0, 3600),
            List.of(),
            true,
            NOW.minusSeconds(15),
            new Rescale(NOW.minusSeconds(15), 0, 2),
            Map.of());
    assertThat(Scenario.of(2).bounds(0, 9).history(woken).asks(2).decide().history().scaledToZero())
        .isFalse();
    assertThat(Scenario.of(0).bounds(0, 9).history(woken).asks(2).decide().history().scaledToZero())
        .isTrue();
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
