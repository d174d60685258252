package dev.windlass.simulations.cloud;

import static dev.windlass.simulations.cloud.Clouds.START;
import static dev.windlass.simulations.cloud.Clouds.increase;
import static dev.windlass.simulations.cloud.Clouds.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudStateTest {
  private static final OperationId GROW = operation("grow");
  private static final CloudFault.Window ALWAYS = new CloudFault.Window(Instant.MIN, Instant.MAX);

  private final CloudState cloud = Clouds.withMachines(1);

  @Test
  void launchesWhatWasOrderedAfterItsDelay() {
    cloud.takeEvents(START);
    assertThat(cloud.increase("web-asg", increase(1, 3), GROW, START))
        .isEqualTo(new CloudOutcome.Done<>(3));

    assertThat(cloud.takeEvents(START.plusSeconds(29))).isEmpty();
    assertThat(cloud.takeEvents(START.plusSeconds(30)))
        .hasSize(2)
        .allMatch(event -> event instanceof CloudEvent.Launched);
    assertThat(view(START.plusSeconds(30)).instances())
        .extracting(Instance::state)
        .containsOnly(Instance.State.RUNNING);
  }

  @Test
  void beginsWithRunningMachines() {
    assertThat(cloud.takeEvents(START)).singleElement().isInstanceOf(CloudEvent.Launched.class);
    assertThat(view(START).target()).isEqualTo(1);
  }

  @Test
  void sameOperationHasNoSecondEffect() {
    cloud.increase("web-asg", increase(1, 3), GROW, START);

    assertThat(cloud.increase("web-asg", increase(1, 3), GROW, START))
        .isEqualTo(new CloudOutcome.Done<>(3));
    assertThat(view(START).instances()).hasSize(3);
  }

  @Test
  void sameOperationIsCarriedOutAgainOnceItsEffectWasUndone() {
    cloud.increase("web-asg", increase(1, 2), GROW, START);
    Instance bought = view(START).instances().getLast();
    cloud.delete("web-asg", bought.id(), operation("shrink"), START);

    cloud.increase("web-asg", increase(1, 2), GROW, START.plusSeconds(60));

    assertThat(view(START.plusSeconds(60)).instances()).hasSize(2);
    assertThat(cloud.orders()).hasSize(3);
  }

  @Test
  void anotherOperationThatExpectsAnOldTargetConflicts() {
    cloud.increase("web-asg", increase(1, 3), GROW, START);

    assertThat(cloud.increase("web-asg", increase(1, 2), operation("other"), START))
        .isInstanceOf(CloudOutcome.Conflict.class);
  }

  @Test
  void deletionLowersTheTargetOnceAndEndsAfterItsDelay() {
    Instance machine = view(START).instances().getFirst();

    assertThat(cloud.delete("web-asg", machine.id(), operation("delete"), START))
        .isEqualTo(new CloudOutcome.Done<>(true));
    assertThat(cloud.delete("web-asg", machine.id(), operation("delete"), START))
        .isEqualTo(new CloudOutcome.Done<>(false));

    assertThat(view(START).target()).isZero();
    assertThat(cloud.has(machine.id(), START.plusSeconds(9))).isTrue();
    assertThat(cloud.has(machine.id(), START.plusSeconds(10))).isFalse();
  }

  @Test
  void stockoutRefusesTheOrderWithoutEffect() {
    cloud.addFault(new CloudFault.Stockout("m.large", "zone-a", ALWAYS));

    assertThat(cause(cloud.increase("web-asg", increase(1, 2), GROW, START)))
        .isEqualTo(CloudFailure.Cause.CAPACITY);
    assertThat(view(START).target()).isEqualTo(1);
  }

  @Test
  void quotaAndWrongOrdersAreRefused() {
    assertThat(cause(cloud.increase("web-asg", increase(1, 11), GROW, START)))
        .isEqualTo(CloudFailure.Cause.QUOTA);
    assertThat(
            cause(
                cloud.increase(
                    "web-asg", new Increase(1, 3, Map.of(Clouds.LARGE, 1)), GROW, START)))
        .isEqualTo(CloudFailure.Cause.CONFIG);
    Variant unknown = new Variant("m.tiny", "zone-a", Clouds.LARGE.purchase());
    assertThat(
            cause(cloud.increase("web-asg", new Increase(1, 2, Map.of(unknown, 1)), GROW, START)))
        .isEqualTo(CloudFailure.Cause.CONFIG);
    assertThat(cause(cloud.describe("no-such-group", START))).isEqualTo(CloudFailure.Cause.CONFIG);
  }

  @Test
  void launchFailureLeavesAFailedMachineAndSaysWhy() {
    cloud.takeEvents(START);
    cloud.addFault(new CloudFault.LaunchFailure("m.large", ALWAYS));
    cloud.increase("web-asg", increase(1, 2), GROW, START);

    assertThat(cloud.takeEvents(START.plusSeconds(30)))
        .singleElement()
        .isInstanceOf(CloudEvent.LaunchFailed.class);
    GroupView view = view(START.plusSeconds(30));
    assertThat(view.instances().getLast().state()).isEqualTo(Instance.State.FAILED);
    assertThat(view.failures()).hasSize(1);
  }

  @Test
  void outageFailsEveryCallWithoutEffect() {
    cloud.addFault(new CloudFault.Outage(new CloudFault.Window(START, START.plusSeconds(10))));

    assertThat(cause(cloud.increase("web-asg", increase(1, 2), GROW, START)))
        .isEqualTo(CloudFailure.Cause.TRANSIENT);
    assertThat(cause(cloud.describe("web-asg", START))).isEqualTo(CloudFailure.Cause.TRANSIENT);
    assertThat(view(START.plusSeconds(10)).target()).isEqualTo(1);
  }

  @Test
  void lostAnswerHasItsEffect() {
    cloud.addFault(new CloudFault.LostAnswers(ALWAYS));

    assertThat(cloud.increase("web-asg", increase(1, 2), GROW, START))
        .isInstanceOf(CloudOutcome.Unknown.class);
    assertThat(view(START).target()).isEqualTo(2);
  }

  @Test
  void interruptedMachineIsGoneAtOnceAndTheTargetStays() {
    Instance machine = view(START).instances().getFirst();
    cloud.takeEvents(START);

    assertThat(cloud.interrupt(machine.id(), START)).isTrue();

    assertThat(cloud.takeEvents(START)).singleElement().isInstanceOf(CloudEvent.Gone.class);
    assertThat(view(START)).isEqualTo(new GroupView(1, List.of(), List.of()));
  }

  @Test
  void costsWhatItsMachinesCost() {
    cloud.increase("web-asg", increase(1, 3), GROW, START);

    assertThat(cloud.hourlyCost()).isEqualTo(Price.ofUsdPerHour(0.3));
  }

  private GroupView view(Instant at) {
    return switch (cloud.describe("web-asg", at)) {
      case CloudOutcome.Done<GroupView> done -> done.value();
      case CloudOutcome<GroupView> other -> throw new AssertionError(other);
    };
  }

  private static CloudFailure.Cause cause(CloudOutcome<?> outcome) {
    if (outcome instanceof CloudOutcome.Failed<?> failed) {
      return failed.failure().cause();
    }
    throw new AssertionError(outcome);
  }
}
