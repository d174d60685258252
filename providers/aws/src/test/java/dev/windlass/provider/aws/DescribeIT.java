package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.testkit.aws.AwsFault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading a group. */
class DescribeIT {
  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void seesTargetAndMachinesWithTheirTypeZoneAndPurchase() {
    rig.aws.setDesired("web-asg", 3);
    rig.aws.put("web-asg", Rig.machine("i-1", "InService", false));
    rig.aws.put("web-asg", Rig.machine("i-2", "Pending:Wait", true));

    GroupView view = rig.view();

    assertThat(view.target()).isEqualTo(3);
    assertThat(view.failures()).isEmpty();
    assertThat(view.instances())
        .containsExactly(
            machine("i-1", Purchase.ON_DEMAND, Instance.State.RUNNING),
            machine("i-2", Purchase.SPOT, Instance.State.CREATING));
  }

  private static Instance machine(String id, Purchase purchase, Instance.State state) {
    return new Instance(
        new InstanceId("aws:///us-east-1a/" + id),
        Rig.WEB.name(),
        new Variant("m5.large", "us-east-1a", purchase),
        state,
        Rig.NOW.minusSeconds(3_600),
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "Pending, CREATING",
    "Pending:Proceed, CREATING",
    "InService, RUNNING",
    "Standby, RUNNING",
    "EnteringStandby, RUNNING",
    "Detaching, RUNNING",
    "SomethingNew, RUNNING",
    "Terminating, DELETING",
    "Terminating:Wait, DELETING",
    "Terminating:Retained, DELETING",
    "Terminated, ",
    "Warmed:Stopped, "
  })
  void mapsLifecycleStates(String lifecycle, Instance.State state) {
    rig.aws.put("web-asg", Rig.machine("i-1", lifecycle, false));

    assertThat(rig.view().instances())
        .extracting(Instance::state)
        .isEqualTo(state == null ? List.of() : List.of(state));
  }

  @Test
  void readsEveryPageOfMachinesOnceOnly() {
    List<String> ids = List.of("i-1", "i-2", "i-3", "i-4", "i-5");
    ids.forEach(rig::addMachine);

    assertThat(rig.view().instances())
        .extracting(Instance::createdAt)
        .containsOnly(Rig.NOW.minusSeconds(3_600))
        .hasSize(5);
    assertThat(rig.calls("DescribeInstances")).isEqualTo(3);
    assertThat(rig.view().instances()).hasSize(5);
    assertThat(rig.calls("DescribeInstances")).isEqualTo(3);
  }

  @Test
  void showsAMachineThatEc2DoesNotShowYetAndAsksAgain() {
    rig.addMachine("i-1");
    rig.aws.setHidden("i-1", true);
    assertThat(rig.view().instances()).extracting(Instance::createdAt).containsExactly(Rig.NOW);

    rig.aws.setHidden("i-1", false);

    assertThat(rig.view().instances())
        .extracting(Instance::createdAt)
        .containsExactly(Rig.NOW.minusSeconds(3_600));
  }

  @Test
  void asksForActivitiesOnlyWhileMachinesAreMissingAndOnceMore() {
    rig.addMachine("i-1");
    rig.view();
    rig.view();
    assertThat(rig.calls("DescribeScalingActivities")).isEqualTo(1);

    rig.aws.setDesired("web-asg", 2);
    rig.view();
    rig.aws.setDesired("web-asg", 1);
    rig.view();
    rig.view();
    assertThat(rig.calls("DescribeScalingActivities")).isEqualTo(3);
  }

  @Test
  void reportsAStockoutOfAnActivityOnce() {
    rig.aws.setDesired("web-asg", 1);
    rig.addActivity("a-1", "Failed", stockout(), 2);

    List<GroupFailure> failures = rig.view().failures();

    assertThat(failures).extracting(GroupFailure::at).containsExactly(Rig.NOW.minusSeconds(120));
    assertThat(failures.getFirst().failure().cause()).isEqualTo(Cause.CAPACITY);
    assertThat(failures.getFirst().failure().message()).isEqualTo(stockout());
    assertThat(rig.view().failures()).isEmpty();
  }

  @Test
  void reportsAnActivityThatFailsAfterItWasSeenRunning() {
    rig.aws.setDesired("web-asg", 1);
    rig.addActivity("a-1", "InProgress", "", 2);
    assertThat(rig.view().failures()).isEmpty();

    rig.addActivity("a-1", "Failed", stockout(), 2);

    assertThat(rig.view().failures()).hasSize(1);
  }

  @Test
  void readsActivitiesPageByPageUpToThoseThatAreLongOver() {
    rig.aws.setDesired("web-asg", 1);
    for (int i = 0; i < 9; i++) {
      rig.addActivity("a-" + i, "Failed", stockout(), 8 * i);
    }

    assertThat(rig.view().failures()).hasSize(4);
    assertThat(rig.calls("DescribeScalingActivities")).isEqualTo(3);
  }

  private static String stockout() {
    return "We currently do not have sufficient m5.large capacity in the Availability Zone you"
        + " requested (us-east-1a). Launching EC2 instance failed.";
  }

  @Test
  void saysThatTheGroupIsMissing() {
    rig.aws.removeGroup("web-asg");

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(Cause.CONFIG);
  }

  @Test
  void refusesAGroupThatCountsInWeights() {
    rig.addMachine("i-1");
    rig.aws.setWeight("web-asg", "4");

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(Cause.CONFIG);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling, THROTTLED",
    "503, RequestLimitExceeded, THROTTLED",
    "403, AccessDenied, CONFIG",
    "403, ExpiredToken, TRANSIENT",
    "400, ResourceContention, TRANSIENT",
    "500, InternalFailure, TRANSIENT"
  })
  void classifiesErrorsOfAnyOfItsReads(int status, String code, Cause cause) {
    for (String action :
        List.of("DescribeAutoScalingGroups", "DescribeInstances", "DescribeScalingActivities")) {
      rig.aws.put("web-asg", Rig.machine("i-" + code + action, "InService", false));
      rig.aws.setDesired("web-asg", 10);
      rig.aws.script(action, new AwsFault.Refusal(status, code, "scripted"));

      assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).as(action).isEqualTo(cause);
      assertThat(rig.provider.observe(Rig.WEB)).isInstanceOf(CloudOutcome.Done.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"200, TRANSIENT", "403, CONFIG", "429, THROTTLED", "502, TRANSIENT"})
  void neverTakesAPageOfAProxyForAGroup(int status, Cause cause) {
    rig.aws.script("DescribeAutoScalingGroups", new AwsFault.Html(status));

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(cause);
    assertThat(rig.calls("DescribeAutoScalingGroups")).isEqualTo(1);
  }

  @Test
  void neverShowsAGroupWithoutThePageThatFailed() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.aws.script("DescribeInstances", new AwsFault.Cut(false));

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(Cause.TRANSIENT);
    assertThat(rig.calls("DescribeInstances")).isEqualTo(1);
  }
}
