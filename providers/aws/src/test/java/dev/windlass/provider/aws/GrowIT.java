package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making a group grow. */
class GrowIT {
  private static final String LAUNCH = "LaunchInstances";
  private static final String SET = "SetDesiredCapacity";
  private static final Variant IN_B = new Variant("m5.large", "us-east-1b", Purchase.ON_DEMAND);
  private static final GroupReference TWO_ZONES = Rig.group("zones", List.of(Rig.LARGE, IN_B));
  private static final Variant SPOT = new Variant("m5.large", "us-east-1a", Purchase.SPOT);
  private static final GroupReference MIXED = Rig.group("mixed", List.of(Rig.LARGE, SPOT));

  private final List<String> asked = new ArrayList<>();
  private final Rig rig =
      Rig.start((account, region, method) -> asked.add(account + " " + region + " " + method));

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Receipt receipt(CloudOutcome<Receipt> outcome) {
    return Rig.value(outcome);
  }

  @Test
  void launchesByTokenAndKnowsTheMachinesAtOnce() {
    Receipt receipt = receipt(rig.increase(0, 2));

    assertThat(receipt.target()).isEqualTo(2);
    assertThat(receipt.launched())
        .containsExactlyElementsOf(
            rig.aws.machines(Rig.WEB_ASG).stream().map(FakeMachine::id).toList())
        .hasSize(2);
    assertThat(receipt.failures()).isEmpty();
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(2);
    assertThat(rig.aws.journal().of(LAUNCH).getFirst().request().arguments())
        .containsEntry("RequestedCapacity", "2")
        .containsEntry("AvailabilityZones.member.1", "us-east-1a")
        .containsEntry("RetryStrategy", "none");
  }

  @Test
  void launchesInTheZonesThatWereDecided() {
    rig.add("zones", List.of(Rig.LARGE, IN_B));

    Receipt receipt = receipt(rig.increase(TWO_ZONES, 0, 3, Map.of(Rig.LARGE, 1, IN_B, 2)));

    assertThat(receipt.launched()).hasSize(3);
    assertThat(rig.aws.machines("zones"))
        .extracting(machine -> machine.variant().zone())
        .containsExactly("us-east-1a", "us-east-1b", "us-east-1b");
    assertThat(rig.calls(LAUNCH)).isEqualTo(2);
  }

  @Test
  void launchesHundredMachinesAtATime() {
    rig.aws.setLimits(Rig.WEB_ASG, 0, 500);

    assertThat(receipt(rig.increase(0, 250)).launched()).doesNotHaveDuplicates().hasSize(250);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(250);
    assertThat(rig.calls(LAUNCH)).isEqualTo(3);
  }

  @Test
  void leavesTheChoiceToAGroupThatPaysInTwoWays() {
    rig.add("mixed", List.of(Rig.LARGE, SPOT));

    assertThat(rig.increase(MIXED, 0, 2, Map.of(SPOT, 2)))
        .isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
    assertThat(rig.calls(LAUNCH)).isZero();
    assertThat(rig.aws.journal().of(SET).getFirst().request().arguments())
        .containsEntry("DesiredCapacity", "2")
        .containsEntry("HonorCooldown", "false");
  }

  @Test
  void leavesTheChoiceToAGroupWithAWarmPool() {
    rig.aws.alter(Rig.WEB_ASG, group -> group.warmPool = 3);

    assertThat(receipt(rig.increase(0, 2)).target()).isEqualTo(2);
    assertThat(rig.calls(LAUNCH)).isZero();
  }

  @Test
  void repeatsAnIncreaseWithoutASecondEffect() {
    Receipt first = receipt(rig.increase(0, 2));
    rig.aws.setTarget(Rig.WEB_ASG, 5);

    assertThat(rig.increase(0, 2)).isEqualTo(new CloudOutcome.Done<>(first));
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(5);
    assertThat(rig.calls(LAUNCH)).isEqualTo(1);
  }

  @Test
  void anotherProcessRepeatsItWithoutASecondEffect() {
    rig.increase(0, 2);

    try (CloudProvider other = Rig.connect(rig.aws.endpoint().toString(), CallBudget.UNLIMITED)) {
      assertThat(other.increase(Rig.WEB, new Increase(0, 2, Map.of()), Rig.OPERATION))
          .isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
    }
    assertThat(rig.aws.machines(Rig.WEB_ASG)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void saysConflictForAnotherSizeAndNeverLowersIt(int desired) {
    rig.aws.setTarget(Rig.WEB_ASG, desired);

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Conflict.class);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(desired);
    assertThat(rig.calls(LAUNCH)).isZero();
  }

  @Test
  void refusesMoreThanTheGroupsMaximumWithoutAsking() {
    assertThat(Rig.cause(rig.increase(0, 11))).isEqualTo(Cause.CONFIG);
    assertThat(rig.calls(LAUNCH)).isZero();
  }

  @Test
  void refusesAGroupWhoseLaunchesAreSuspended() {
    rig.aws.alter(Rig.WEB_ASG, group -> group.suspended.add("Launch"));

    assertThat(Rig.failure(rig.increase(0, 2)).message()).contains("Launch", "suspended");
  }

  @Test
  void reportsAStockoutAtOnceWithItsScope() {
    rig.aws.sellOut(FailureScope.of(Rig.LARGE));

    CloudFailure failure = Rig.failure(rig.increase(0, 2));

    assertThat(failure.cause()).isEqualTo(Cause.CAPACITY);
    assertThat(failure.code()).isEqualTo("InsufficientInstanceCapacity");
    assertThat(failure.scope()).isEqualTo(FailureScope.of(Rig.LARGE));
    assertThat(failure.hold()).isEqualTo(Duration.ofMinutes(3));
    assertThat(rig.aws.target(Rig.WEB_ASG)).isZero();
  }

  @Test
  void launchesInTheOtherZoneWhenOneIsDry() {
    rig.add("zones", List.of(Rig.LARGE, IN_B));
    rig.aws.sellOut(FailureScope.ofZone("us-east-1a"));

    Receipt receipt = receipt(rig.increase(TWO_ZONES, 0, 4, Map.of(Rig.LARGE, 2, IN_B, 2)));

    assertThat(receipt.target()).isEqualTo(2);
    assertThat(receipt.launched()).hasSize(2);
    assertThat(receipt.failures())
        .extracting(CloudFailure::scope)
        .containsExactly(FailureScope.of(Rig.LARGE));
    assertThat(rig.aws.target("zones")).isEqualTo(2);
  }

  @Test
  void launchesThePartThatTheLimitAllows() {
    rig.aws.limit(FailureScope.ALL, 1);

    Receipt receipt = receipt(rig.increase(0, 3));

    assertThat(receipt.target()).isEqualTo(1);
    assertThat(receipt.failures()).extracting(CloudFailure::cause).containsExactly(Cause.QUOTA);
  }

  @ParameterizedTest
  @CsvSource({
    "Throttling, THROTTLED",
    "VcpuLimitExceeded, QUOTA",
    "AccessDenied, PERMISSION",
    "ExpiredToken, AUTH",
    "ValidationError, CONFIG",
    "NeverHeardOf, UNKNOWN"
  })
  void handsTheServicesRefusalOn(String code, Cause cause) {
    rig.refuse(LAUNCH, 400, code);

    CloudFailure failure = Rig.failure(rig.increase(0, 2));

    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.message()).contains("the service's words");
    assertThat(rig.calls(LAUNCH)).isEqualTo(1);
  }

  @Test
  void handsOnHowLongToWait() {
    rig.aws
        .faults()
        .once(
            Target.of(LAUNCH),
            new Fault.Refusal(503, "RequestLimitExceeded", "slow", Map.of("Retry-After", "7")));

    assertThat(Rig.failure(rig.increase(0, 2)).hold()).isEqualTo(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ScalingActivityInProgress", "ResourceContention"})
  void saysConflictWhenTheServiceDoes(String code) {
    rig.refuse(LAUNCH, 400, code);

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Conflict.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void settlesACutConnectionByAskingAgainWithTheSameToken(boolean happened) {
    rig.aws.faults().once(Target.of(LAUNCH), new Fault.Cut(happened));

    assertThat(receipt(rig.increase(0, 2)).launched()).hasSize(2);
    assertThat(rig.aws.machines(Rig.WEB_ASG)).hasSize(2);
    assertThat(tokens()).hasSize(2).containsOnly(tokens().getFirst());
  }

  private List<String> tokens() {
    return rig.aws.journal().of(LAUNCH).stream()
        .map(Journal.Entry::request)
        .map(request -> request.arguments().getOrDefault("ClientToken", ""))
        .toList();
  }

  @Test
  void doesNotKnowWhatCameOfALaunchThatIsNeverAnswered() {
    rig.aws.faults().times(Target.of(LAUNCH), 2, new Fault.Cut(true));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Unknown.class);
    assertThat(rig.view().target()).isEqualTo(2);
    assertThat(receipt(rig.increase(0, 2)).target()).isEqualTo(2);
    assertThat(rig.aws.machines(Rig.WEB_ASG)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void settlesACutConnectionByReadingWhereThereIsNoToken(boolean happened) {
    rig.add("mixed", List.of(Rig.LARGE, SPOT));
    rig.aws.faults().once(Target.of(SET), new Fault.Cut(happened));

    CloudOutcome<Receipt> outcome = rig.increase(MIXED, 0, 2, Map.of());

    assertThat(outcome)
        .isInstanceOf(happened ? CloudOutcome.Done.class : CloudOutcome.Unknown.class);
    assertThat(receipt(rig.increase(MIXED, 0, 2, Map.of())).target()).isEqualTo(2);
    assertThat(rig.calls(SET)).isEqualTo(happened ? 1 : 2);
  }

  @Test
  void doesNotWaitLongerThanItsTimeout() {
    rig.aws.faults().times(Target.of(LAUNCH), 2, new Fault.Silence());

    try (CloudProvider hurried =
        Rig.connect(
            rig.aws.endpoint().toString(),
            CallBudget.UNLIMITED,
            Duration.ofMillis(500),
            rig.aws.clock())) {
      assertThat(hurried.increase(Rig.WEB, new Increase(0, 2, Map.of()), Rig.OPERATION))
          .isInstanceOf(CloudOutcome.Unknown.class);
    }
    assertThat(rig.view().target()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 408, 502})
  void doesNotTakeAPageOfAProxyForSuccess(int status) {
    rig.aws.faults().times(Target.of(LAUNCH), 2, Fault.Foreign.html(status));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Unknown.class);
  }

  @Test
  void keepsTheTextOfARefusalThatNobodyCanRead() {
    rig.aws.faults().once(Target.of(LAUNCH), Fault.Foreign.html(403));

    CloudFailure failure = Rig.failure(rig.increase(0, 2));

    assertThat(failure.cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(failure.message()).contains("403", "Gateway");
  }

  @Test
  void hasFailedWhenTheReadBeforeTheChangeFails() {
    rig.aws.faults().once(Target.of("DescribeAutoScalingGroups"), new Fault.Cut(false));

    assertThat(Rig.cause(rig.increase(0, 2))).isEqualTo(Cause.TRANSIENT);
    assertThat(rig.calls(LAUNCH)).isZero();
  }

  @Test
  void hasFailedWhenNobodyListens() {
    String endpoint = rig.aws.endpoint().toString();
    rig.aws.close();

    try (CloudProvider alone = Rig.connect(endpoint, CallBudget.UNLIMITED)) {
      assertThat(Rig.cause(alone.increase(Rig.WEB, new Increase(0, 2, Map.of()), Rig.OPERATION)))
          .isEqualTo(Cause.TRANSIENT);
    }
  }

  @Test
  void asksTheBudgetBeforeEveryRequestPagesIncluded() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.view();
    rig.increase(3, 4);
    rig.provider.delete(Rig.WEB, new InstanceId("aws:///us-east-1a/i-1"), new OperationId("x"));

    assertThat(asked)
        .isEqualTo(
            rig.aws.journal().entries().stream()
                .map(entry -> "team us-east-1 " + entry.request().method())
                .toList());
  }

  @Test
  void sendsNothingThatTheBudgetRefuses() {
    try (CloudProvider broke =
        Rig.connect(
            rig.aws.endpoint().toString(), (_, _, method) -> method.startsWith("Describe"))) {
      assertThat(Rig.cause(broke.increase(Rig.WEB, new Increase(0, 2, Map.of()), Rig.OPERATION)))
          .isEqualTo(Cause.THROTTLED);
    }
    assertThat(rig.calls(LAUNCH)).isZero();
  }
}
