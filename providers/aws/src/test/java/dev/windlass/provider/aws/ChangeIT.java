package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.aws.AwsFault;
import dev.windlass.provider.testkit.aws.AwsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Growing and shrinking a group. */
class ChangeIT {
  private static final String SET = "SetDesiredCapacity";
  private static final String TERMINATE = "TerminateInstanceInAutoScalingGroup";

  private final List<String> asked = new ArrayList<>();
  private final Rig rig =
      Rig.start((account, region, method) -> asked.add(account + " " + region + " " + method));

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void growsFromTheExpectedSize() {
    assertThat(rig.increase(0, 2)).isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
    assertThat(rig.aws.desired("web-asg")).isEqualTo(2);
    assertThat(rig.aws.journal().getLast().parameters())
        .containsEntry("AutoScalingGroupName", "web-asg")
        .containsEntry("DesiredCapacity", "2")
        .containsEntry("HonorCooldown", "false");
  }

  @Test
  void repeatsAnIncreaseWithoutASecondEffect() {
    rig.increase(0, 2);

    assertThat(rig.increase(0, 2)).isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
    assertThat(rig.calls(SET)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "7"})
  void saysConflictForAnotherSizeAndNeverLowersIt(int desired) {
    rig.aws.setDesired("web-asg", desired);

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Conflict.class);
    assertThat(rig.aws.desired("web-asg")).isEqualTo(desired);
    assertThat(rig.calls(SET)).isZero();
  }

  @Test
  void refusesMoreThanTheGroupsMaximumWithoutAsking() {
    assertThat(Rig.cause(rig.increase(0, 11))).isEqualTo(Cause.CONFIG);
    assertThat(rig.calls(SET)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Throttling, THROTTLED",
    "InsufficientInstanceCapacity, CAPACITY",
    "LimitExceeded, QUOTA",
    "VcpuLimitExceeded, QUOTA",
    "AccessDenied, CONFIG",
    "ValidationError, CONFIG",
    "NeverHeardOf, CONFIG"
  })
  void handsTheServicesRefusalOn(String code, Cause cause) {
    rig.aws.script(SET, new AwsFault.Refusal(400, code, "the service's own words"));

    CloudOutcome<Receipt> outcome = rig.increase(0, 2);

    assertThat(Rig.cause(outcome)).isEqualTo(cause);
    assertThat(outcome.toString()).contains("the service's own words");
    assertThat(rig.calls(SET)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"ScalingActivityInProgress", "ResourceContention"})
  void saysConflictWhenTheServiceDoes(String code) {
    rig.aws.script(SET, new AwsFault.Refusal(400, code, "busy"));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Conflict.class);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void doesNotKnowWhatCameOfACutConnectionUntilItReadsAgain(boolean happened) {
    rig.aws.script(SET, new AwsFault.Cut(happened));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Unknown.class);
    assertThat(rig.calls(SET)).isEqualTo(1);
    assertThat(rig.view().target()).isEqualTo(happened ? 2 : 0);
    assertThat(rig.increase(0, 2)).isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
    assertThat(rig.calls(SET)).isEqualTo(happened ? 1 : 2);
  }

  @Test
  void doesNotWaitLongerThanItsTimeout() {
    String endpoint = rig.aws.endpoint().toString();
    rig.aws.script(SET, new AwsFault.Silence());

    try (CloudProvider hurried =
        Rig.connect(endpoint, CallBudget.UNLIMITED, Duration.ofSeconds(1))) {
      assertThat(
              hurried.increase(Rig.WEB, new CloudProvider.Increase(0, 2, Map.of()), Rig.OPERATION))
          .isInstanceOf(CloudOutcome.Unknown.class);
    }
    assertThat(rig.calls(SET)).isEqualTo(1);
    assertThat(rig.view().target()).isEqualTo(2);
  }

  @Test
  void doesNotKnowWhatCameOfAnErrorOfTheServer() {
    rig.aws.script(SET, new AwsFault.Refusal(500, "InternalFailure", "oops"));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"200", "408", "502"})
  void doesNotTakeAPageOfAProxyForSuccess(int status) {
    rig.aws.script(SET, new AwsFault.Html(status));

    assertThat(rig.increase(0, 2)).isInstanceOf(CloudOutcome.Unknown.class);
  }

  @Test
  void hasFailedWhenTheReadBeforeTheChangeFails() {
    rig.aws.script("DescribeAutoScalingGroups", new AwsFault.Cut(false));

    assertThat(Rig.cause(rig.increase(0, 2))).isEqualTo(Cause.TRANSIENT);
    assertThat(rig.calls(SET)).isZero();
  }

  @Test
  void hasFailedWhenNobodyListens() {
    String endpoint = rig.aws.endpoint().toString();
    rig.aws.close();

    try (CloudProvider alone = Rig.connect(endpoint, CallBudget.UNLIMITED)) {
      assertThat(
              Rig.cause(
                  alone.increase(
                      Rig.WEB, new CloudProvider.Increase(0, 2, Map.of()), Rig.OPERATION)))
          .isEqualTo(Cause.TRANSIENT);
    }
  }

  @Test
  void deletesAMachineAndLowersTheSizeByOne() {
    rig.addMachine("i-1");
    rig.addMachine("i-2");

    assertThat(rig.delete("i-1")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Accepted()));
    assertThat(rig.aws.desired("web-asg")).isEqualTo(1);
    assertThat(rig.view().instances())
        .extracting(Instance::state)
        .containsExactlyInAnyOrder(Instance.State.DELETING, Instance.State.RUNNING);
  }

  @Test
  void deletesAMachineOnce() {
    rig.addMachine("i-1");
    rig.addMachine("i-2");
    rig.delete("i-1");

    assertThat(rig.delete("i-1")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Gone()));
    assertThat(rig.delete("i-9")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Gone()));
    assertThat(rig.calls(TERMINATE)).isEqualTo(1);
    assertThat(rig.aws.desired("web-asg")).isEqualTo(1);
  }

  @Test
  void takesAMachineThatVanishesMeanwhileForGone() {
    rig.addMachine("i-1");
    rig.aws.script(
        TERMINATE,
        new AwsFault.Refusal(400, "ValidationError", "No managed instance found for it"));

    assertThat(rig.delete("i-1")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Gone()));
  }

  @Test
  void neverDeletesAMachineOfAnotherGroup() {
    rig.aws.addGroup("other", 0, 5);
    rig.aws.put("other", Rig.machine("i-7", "InService", false));

    assertThat(rig.delete("i-7")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Gone()));
    assertThat(rig.calls(TERMINATE)).isZero();
  }

  @Test
  void refusesToDeleteWhatIsNoMachineOfEc2() {
    InstanceId fargate = new InstanceId("aws:///us-east-1a/0f1e/fargate-ip-10-0-0-1");

    assertThat(Rig.cause(rig.provider.delete(Rig.WEB, fargate, new OperationId("x"))))
        .isEqualTo(Cause.CONFIG);
    assertThat(rig.aws.journal()).isEmpty();
  }

  @Test
  void leavesTheMinimumToTheService() {
    rig.aws.addGroup("web-asg", 1, 10);
    rig.aws.put("web-asg", Rig.machine("i-1", "InService", false));

    assertThat(Rig.cause(rig.delete("i-1"))).isEqualTo(Cause.CONFIG);
    assertThat(rig.aws.desired("web-asg")).isEqualTo(1);
  }

  @Test
  void doesNotKnowWhatCameOfADeleteThatWasCutUntilItReadsAgain() {
    rig.addMachine("i-1");
    rig.aws.script(TERMINATE, new AwsFault.Cut(true));

    assertThat(rig.delete("i-1")).isInstanceOf(CloudOutcome.Unknown.class);
    assertThat(rig.delete("i-1")).isEqualTo(new CloudOutcome.Done<>(new Deletion.Gone()));
    assertThat(rig.aws.desired("web-asg")).isZero();
  }

  @Test
  void asksTheBudgetBeforeEveryRequestPagesIncluded() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.view();
    rig.increase(3, 4);
    rig.delete("i-1");

    assertThat(asked)
        .isEqualTo(
            rig.aws.journal().stream()
                .map(AwsRequest::action)
                .map(action -> "team us-east-1 " + action)
                .toList());
  }

  @Test
  void sendsNothingThatTheBudgetRefuses() {
    try (CloudProvider broke =
        Rig.connect(
            rig.aws.endpoint().toString(), (_, _, method) -> method.startsWith("Describe"))) {
      assertThat(
              Rig.cause(
                  broke.increase(
                      Rig.WEB, new CloudProvider.Increase(0, 2, Map.of()), Rig.OPERATION)))
          .isEqualTo(Cause.THROTTLED);
    }
    assertThat(rig.calls(SET)).isZero();
  }
}
