package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.TargetRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target has one owner; what another one decided is read, for nodes alone. */
class CoOwnershipTest {
  private static final ObjectKey OTHER = new ObjectKey(PodTokens.NAMESPACE, "old");

  @Test
  void holdsATargetThatAHorizontalPodAutoscalerScales() {
    ReplicaDecision decision = Scenario.of(3).asks(9).other(other(3, 3)).decide();
    assertThat(decision.size()).isEqualTo(new ReplicaDecision.Size(3, 3));
    assertThat(decision.verdict().conditions())
        .anySatisfy(condition -> {
          assertThat(condition.type()).isEqualTo("ScalingActive");
          assertThat(condition.status()).isFalse();
          assertThat(condition.reason()).isEqualTo("AmbiguousSelector");
          assertThat(condition.message()).contains("HorizontalPodAutoscaler shop/old");
        });
  }

  @ParameterizedTest
  @CsvSource({"2, 100, 1", "0, 4, 9"})
  void doesNotEvenMendBoundsOfATargetWithAnotherOwner(int min, int max, int current) {
    ReplicaPlan plan =
        Scenario.of(current).bounds(min, max).asks(3).other(other(current, current)).plan(NOW);
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void anotherVersionOfTheTargetIsTheSameTarget() {
    HorizontalPodAutoscaler beta =
        new HorizontalPodAutoscaler(
            OTHER, new TargetRef("apps/v1beta2", "Deployment", Scenario.WEB), 3, 3);
    assertThat(Scenario.of(3).asks(9).other(beta).decide().size().desired()).isEqualTo(3);
  }

  @Test
  void anotherGroupsTargetIsAnother() {
    HorizontalPodAutoscaler foreign =
        new HorizontalPodAutoscaler(
            OTHER, new TargetRef("example.org/v1", "Deployment", Scenario.WEB), 3, 3);
    assertThat(Scenario.of(3).asks(5).other(foreign).decide().size().desired()).isEqualTo(5);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "just decided, 3, 3, 7, 4",
    "asked for but not created, 5, 5, 5, 2",
    "an old decision about another size, 3, 9, 12, 0",
    "shrinking, 3, 3, 1, 0"
  })
  void podsThatItDecidedOnArePlacedBeforeTheyExist(
      String rule, int spec, int seen, int desired, int toCome) {
    Scenario scenario = Scenario.of(spec).asks(50).other(other(seen, desired));
    assertThat(Lookahead.podsToCome(scenario.plan(NOW), scenario.snapshot(), NOW))
        .extracting(pod -> pod.key().name())
        .hasSize(toCome)
        .isSubsetOf(List.of("hpa/old/+1", "hpa/old/+2", "hpa/old/+3", "hpa/old/+4"));
  }

  private static HorizontalPodAutoscaler other(int current, int desired) {
    return new HorizontalPodAutoscaler(OTHER, Scenario.TARGET, current, desired);
  }
}
