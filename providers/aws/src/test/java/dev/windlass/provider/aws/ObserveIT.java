package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.aws.AwsNodegroup;
import dev.windlass.provider.testkit.aws.AwsReservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading groups. */
class ObserveIT {
  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void seesTargetBoundsAndMachinesWithTheirTypeZoneAndPurchase() {
    Variant spot = new Variant("m5.large", "us-east-1a", Purchase.SPOT);
    rig.aws.setTarget(Rig.WEB_ASG, 3);
    rig.put("i-1", "InService", Rig.LARGE);
    rig.put("i-2", "Pending:Wait", spot);

    GroupView view = rig.view();

    assertThat(view.target()).isEqualTo(3);
    assertThat(view.limits()).isEqualTo(new GroupView.Limits(0, 10));
    assertThat(view.failures()).isEmpty();
    assertThat(view.instances())
        .containsExactly(
            machine("i-1", Rig.LARGE, Instance.State.RUNNING),
            machine("i-2", spot, Instance.State.CREATING));
  }

  private static Instance machine(String id, Variant variant, Instance.State state) {
    return new Instance(
        Rig.machine(id), Rig.WEB.name(), variant, state, Rig.NOW.minusSeconds(3_600), null);
  }

  @ParameterizedTest
  @CsvSource({
    "Pending, CREATING",
    "Pending:Proceed, CREATING",
    "InService, RUNNING",
    "Detaching, RUNNING",
    "SomethingNew, RUNNING",
    "Terminating, DELETING",
    "Terminating:Wait, DELETING",
    "Terminating:Retained, DELETING",
    "Terminated, ",
    "Standby, ",
    "EnteringStandby, ",
    "Warmed:Stopped, "
  })
  void mapsLifecycleStates(String lifecycle, Instance.State state) {
    rig.put("i-1", lifecycle, Rig.LARGE);

    assertThat(rig.view().instances())
        .extracting(Instance::state)
        .isEqualTo(state == null ? List.of() : List.of(state));
  }

  @Test
  void readsEveryPageOfMachinesOnceOnly() {
    List.of("i-1", "i-2", "i-3", "i-4", "i-5").forEach(rig::addMachine);

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
  void readsTenThousandMachinesOfFiveHundredGroupsInFifteenRequests() {
    rig.aws.setPages(100, 100, 1000);
    rig.aws.removeGroup(Rig.WEB_ASG);
    List<GroupReference> groups =
        IntStream.range(0, 500).mapToObj(i -> Rig.group("group-" + i, List.of(Rig.LARGE))).toList();
    for (GroupReference group : groups) {
      rig.aws.addGroup(new FakeGroup(group.cloudId(), 0, 50, 20, List.of(Rig.LARGE)));
      rig.aws.alter(group.cloudId(), each -> each.frozen = true);
    }
    rig.provider.observe(groups);
    int reads = rig.aws.journal().entries().size();

    Observation again = rig.provider.observe(groups);

    assertThat(reads).isEqualTo(15);
    assertThat(again.completeness()).isEqualTo(Observation.Completeness.COMPLETE);
    assertThat(rig.calls("DescribeAutoScalingGroups")).isEqualTo(10);
    assertThat(rig.calls("DescribeInstances")).isEqualTo(10);
  }

  @Test
  void remembersTheMachinesOfGroupsThatWereNotAskedFor() {
    rig.addMachine("i-1");
    rig.add("other", List.of(Rig.LARGE));
    GroupReference other = Rig.group("other", List.of(Rig.LARGE));
    rig.provider.observe(List.of(Rig.WEB, other));
    rig.provider.observe(other);

    rig.provider.observe(List.of(Rig.WEB, other));

    assertThat(rig.calls("DescribeInstances")).isEqualTo(1);
  }

  @Test
  void aGroupThatIsMissingIsThatGroupsAlone() {
    GroupReference missing = Rig.group("nobody", List.of());

    Observation seen = rig.provider.observe(List.of(Rig.WEB, missing));

    assertThat(seen.completeness()).isEqualTo(Observation.Completeness.PARTIAL);
    assertThat(Rig.cause(outcome(seen, "nobody"))).isEqualTo(Cause.NOT_FOUND);
    assertThat(outcome(seen, Rig.WEB_ASG)).isInstanceOf(CloudOutcome.Done.class);
  }

  private static CloudOutcome<GroupView> outcome(Observation seen, String group) {
    CloudOutcome<GroupView> outcome = seen.groups().get(new NodeGroupName(group));
    return outcome == null ? new CloudOutcome.Unknown<>("left out") : outcome;
  }

  @Test
  void asksForActivitiesOnlyWhileMachinesAreMissingAndOnceMore() {
    rig.addMachine("i-1");
    rig.view();
    assertThat(rig.calls("DescribeScalingActivities")).isZero();

    rig.aws.setTarget(Rig.WEB_ASG, 2);
    rig.view();
    rig.aws.setTarget(Rig.WEB_ASG, 1);
    rig.view();
    rig.view();
    assertThat(rig.calls("DescribeScalingActivities")).isEqualTo(2);
  }

  @Test
  void reportsAStockoutOfAnActivityOnceWithItsScope() {
    rig.aws.setTarget(Rig.WEB_ASG, 1);
    rig.addActivity("a-1", "Failed", stockout(), 2);

    List<GroupFailure> failures = rig.view().failures();

    assertThat(failures).extracting(GroupFailure::at).containsExactly(Rig.NOW.minusSeconds(120));
    assertThat(failures.getFirst().failure().cause()).isEqualTo(Cause.CAPACITY);
    assertThat(failures.getFirst().failure().message()).isEqualTo(stockout());
    assertThat(failures.getFirst().failure().scope().covers(Rig.LARGE)).isTrue();
    assertThat(rig.view().failures()).isEmpty();
  }

  @Test
  void datesWhatIsNewSinceTheLastReadingByItsOwnClock() {
    rig.aws.setTarget(Rig.WEB_ASG, 1);
    rig.addActivity("a-1", "InProgress", "", 2);
    assertThat(rig.view().failures()).isEmpty();

    rig.addActivity("a-1", "Failed", stockout(), 12);

    assertThat(rig.view().failures()).extracting(GroupFailure::at).containsExactly(Rig.NOW);
  }

  @Test
  void readsActivitiesPageByPageUpToThoseThatAreLongOver() {
    rig.aws.setTarget(Rig.WEB_ASG, 1);
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
  void refusesAGroupThatCountsInWeights() {
    rig.addMachine("i-1");
    rig.aws.alter(Rig.WEB_ASG, group -> group.weight = "4");

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(Cause.CONFIG);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling, THROTTLED",
    "503, RequestLimitExceeded, THROTTLED",
    "403, AccessDenied, PERMISSION",
    "403, ExpiredToken, AUTH",
    "400, ResourceContention, CONFLICT",
    "500, InternalFailure, TRANSIENT",
    "400, NeverHeardOf, UNKNOWN"
  })
  void classifiesErrorsOfAnyOfItsReads(int status, String code, Cause cause) {
    for (String method :
        List.of("DescribeAutoScalingGroups", "DescribeInstances", "DescribeScalingActivities")) {
      rig.put("i-" + code + method, "InService", Rig.LARGE);
      rig.aws.setTarget(Rig.WEB_ASG, 10);
      rig.refuse(method, status, code);

      assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).as(method).isEqualTo(cause);
      assertThat(rig.provider.observe(Rig.WEB)).isInstanceOf(CloudOutcome.Done.class);
    }
  }

  @Test
  void namesThePermissionThatIsMissingAndItsResource() {
    rig.aws.setTarget(Rig.WEB_ASG, 1);
    rig.refuse("DescribeScalingActivities", 403, "AccessDenied");

    assertThat(Rig.failure(rig.provider.observe(Rig.WEB)).message())
        .contains("autoscaling:DescribeScalingActivities", "Auto Scaling group web-asg");
  }

  @ParameterizedTest
  @CsvSource({"200, TRANSIENT", "403, UNKNOWN", "429, THROTTLED", "502, TRANSIENT"})
  void neverTakesAPageOfAProxyForAGroup(int status, Cause cause) {
    rig.aws.faults().once(Target.of("DescribeAutoScalingGroups"), Fault.Foreign.html(status));

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(cause);
    assertThat(rig.calls("DescribeAutoScalingGroups")).isEqualTo(1);
  }

  @Test
  void neverShowsAGroupWithoutThePageThatFailed() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.aws.faults().after(Target.of("DescribeInstances"), 1, 1, new Fault.Cut(false));

    assertThat(Rig.cause(rig.provider.observe(Rig.WEB))).isEqualTo(Cause.TRANSIENT);
    assertThat(rig.calls("DescribeInstances")).isEqualTo(2);
  }

  @Test
  void remarksRivalsSuspensionsAndHealth() {
    Variant other = new Variant("m5.large", "us-east-1b", Purchase.ON_DEMAND);
    rig.add("managed", List.of(Rig.LARGE, other));
    rig.aws.alter(
        "managed",
        group -> {
          group.frozen = true;
          group.capacityRebalance = true;
          group.suspended.add("HealthCheck");
          group.tags.put("k8s.io/cluster-autoscaler/enabled", "true");
          group.tags.put("eks:cluster-name", "prod");
          group.tags.put("eks:nodegroup-name", "workers");
        });
    rig.aws.put(
        "prod",
        "workers",
        new AwsNodegroup(
            "managed",
            "DEGRADED",
            Map.of(),
            List.of(),
            Map.of("InsufficientFreeAddresses", "no addresses in subnet-1")));
    rig.aws.setTarget("managed", 1);

    List<Remark> remarks =
        Rig.value(rig.provider.observe(Rig.group("managed", List.of()))).remarks();

    assertThat(remarks)
        .extracting(Remark::kind)
        .containsExactly(
            Remark.Kind.RIVAL,
            Remark.Kind.RIVAL,
            Remark.Kind.RIVAL,
            Remark.Kind.SUSPENDED,
            Remark.Kind.HEALTH);
    assertThat(remarks.getLast().message()).contains("InsufficientFreeAddresses", "subnet-1");
  }

  @Test
  void knowsWhenTheMachinesOfACapacityBlockWillBeTaken() {
    Variant p5 = new Variant("p5.48xlarge", "us-east-1a", Purchase.ON_DEMAND);
    rig.add("block", List.of(p5));
    rig.aws.alter("block", group -> group.template = group.template.withBlock("cr-1"));
    rig.aws.put(
        new AwsReservation(
            "cr-1",
            "p5.48xlarge",
            "us-east-1a",
            1,
            0,
            "active",
            Rig.NOW.plus(Duration.ofHours(2))));
    rig.aws.setTarget("block", 1);

    List<Instance> instances =
        Rig.value(rig.provider.observe(Rig.group("block", List.of(p5)))).instances();

    assertThat(instances)
        .extracting(Instance::endsAt)
        .containsExactly(Rig.NOW.plus(Duration.ofMinutes(90)));
  }
}
