package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.testing.Cluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrowthsTest {
  @Test
  void repeatsTheOperationUntilTheNewTargetIsSeen() {
    Decision first = grow(AutoscalerState.EMPTY, 0);
    OperationId operation = increase(first).id();

    AutoscalerState state = first.next();
    for (int tick = 1; tick <= 5; tick++) {
      Decision again = grow(state, 10L * tick);
      assertThat(increase(again).id()).isEqualTo(operation);
      state = again.next();
    }
  }

  @Test
  void growsAnewUnderAnotherOperationAfterTheGroupHasShrunk() {
    Decision first = grow(AutoscalerState.EMPTY, 0);
    Decision seen = world(1).state(first.next()).at(NOON.plusSeconds(10)).decide();
    assertThat(seen.next().growths()).isEmpty();

    Decision second = grow(seen.next(), 3600);

    assertThat(increase(second).from()).isEqualTo(increase(first).from());
    assertThat(increase(second).to()).isEqualTo(increase(first).to());
    assertThat(increase(second).id()).isNotEqualTo(increase(first).id());
  }

  @ParameterizedTest
  @EnumSource(CloudFailure.Cause.class)
  void triesAnewAfterAClearFailureAndRetriesAfterASilentOne(CloudFailure.Cause cause) {
    Decision first = grow(AutoscalerState.EMPTY, 0);
    Decision told =
        world(0)
            .with(pod("p").cpu(1_000))
            .failure("g", cause, NOON.plusSeconds(5))
            .state(first.next())
            .at(NOON.plusSeconds(10))
            .decide();
    assertThat(told.plans().scaleUp().increases()).as("left alone").isEmpty();

    Decision later = grow(told.next(), Duration.ofHours(1).toSeconds());

    boolean retry = cause == CloudFailure.Cause.TRANSIENT;
    assertThat(increase(later).id().equals(increase(first).id())).isEqualTo(retry);
  }

  private static Decision grow(AutoscalerState state, long seconds) {
    Instant now = NOON.plusSeconds(seconds);
    return world(0).with(pod("p").cpu(1_000)).state(state).at(now).decide();
  }

  private static Cluster world(int target) {
    return cluster().with(group("g").size(0, 10, target).offers("a", 2_000, 8_192, 0, 0.10));
  }

  private static Action.IncreaseGroup increase(Decision decision) {
    return decision.actions().stream()
        .filter(Action.IncreaseGroup.class::isInstance)
        .map(Action.IncreaseGroup.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
