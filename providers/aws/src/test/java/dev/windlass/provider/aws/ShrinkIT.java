package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting machines. */
class ShrinkIT {
  private static final String TERMINATE = "TerminateInstanceInAutoScalingGroup";
  private static final CloudOutcome<Deletion> ACCEPTED = done(new Deletion.Accepted());
  private static final CloudOutcome<Deletion> GONE = done(new Deletion.Gone());
  private static final CloudOutcome<Deletion> LEAVING = done(new Deletion.AlreadyDeleting());

  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  private static CloudOutcome<Deletion> done(Deletion deletion) {
    return new CloudOutcome.Done<>(deletion);
  }

  @Test
  void deletesAMachineAndLowersTheSizeByOne() {
    rig.addMachine("i-1");
    rig.addMachine("i-2");

    assertThat(rig.delete("i-1")).isEqualTo(ACCEPTED);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(1);
    assertThat(rig.view().instances())
        .extracting(Instance::state)
        .containsExactlyInAnyOrder(Instance.State.DELETING, Instance.State.RUNNING);
  }

  @Test
  void deletesAMachineOnce() {
    rig.addMachine("i-1");
    rig.addMachine("i-2");
    rig.delete("i-1");

    assertThat(rig.delete("i-1")).isEqualTo(LEAVING);
    assertThat(rig.delete("i-9")).isEqualTo(GONE);
    assertThat(rig.calls(TERMINATE)).isEqualTo(1);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(1);
  }

  @Test
  void aMachineThatAHookHoldsIsNotGone() {
    rig.addMachine("i-1");
    rig.put("i-1", "Terminating:Wait", Rig.LARGE);

    assertThat(rig.delete("i-1")).isEqualTo(LEAVING);
    assertThat(rig.calls(TERMINATE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Standby", "Warmed:Stopped"})
  void keepsAMachineThatIsSetAside(String state) {
    rig.addMachine("i-1");
    rig.put("i-1", state, Rig.LARGE);

    assertThat(deletion("i-1")).isInstanceOf(Deletion.Kept.class);
    assertThat(rig.calls(TERMINATE)).isZero();
  }

  @Test
  void keepsAProtectedMachine() {
    rig.addMachine("i-1");
    rig.aws.protect(Rig.machine("i-1"));

    assertThat(deletion("i-1")).isInstanceOf(Deletion.Kept.class);
    assertThat(rig.calls(TERMINATE)).isZero();
  }

  private Deletion deletion(String id) {
    return Rig.value(rig.delete(id));
  }

  @Test
  void takesAMachineThatVanishesMeanwhileForGone() {
    rig.addMachine("i-1");
    rig.aws
        .faults()
        .once(
            Target.of(TERMINATE),
            new Fault.Refusal(400, "ValidationError", "No managed instance found for it"));

    assertThat(rig.delete("i-1")).isEqualTo(GONE);
  }

  @Test
  void neverDeletesAMachineOfAnotherGroup() {
    rig.aws.addGroup(new FakeGroup("other", 0, 5, 1, List.of(Rig.LARGE)));
    InstanceId foreign = rig.aws.machines("other").getFirst().id();

    assertThat(rig.provider.delete(Rig.WEB, foreign, new OperationId("x"))).isEqualTo(GONE);
    assertThat(rig.calls(TERMINATE)).isZero();
  }

  @Test
  void refusesToDeleteWhatIsNoMachineOfEc2() {
    InstanceId fargate = new InstanceId("aws:///us-east-1a/0f1e/fargate-ip-10-0-0-1");

    CloudOutcome<Deletion> outcome = rig.provider.delete(Rig.WEB, fargate, new OperationId("x"));

    assertThat(Rig.value(outcome))
        .isInstanceOfSatisfying(
            Deletion.Failed.class,
            failed -> assertThat(failed.failure().cause()).isEqualTo(Cause.CONFIG));
  }

  @Test
  void trimsABatchThatWouldCrossTheMinimumInTheOrderOfIds() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.aws.setLimits(Rig.WEB_ASG, 2, 10);

    Map<InstanceId, Deletion> results =
        Rig.value(
            rig.provider.delete(
                Rig.WEB,
                List.of(Rig.machine("i-3"), Rig.machine("i-1")),
                new OperationId("delete")));

    assertThat(results.get(Rig.machine("i-1"))).isEqualTo(new Deletion.Accepted());
    assertThat(results.get(Rig.machine("i-3"))).isInstanceOf(Deletion.Kept.class);
    assertThat(rig.calls(TERMINATE)).isEqualTo(1);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isEqualTo(2);
  }

  @Test
  void saysKeptWhenTheServiceKeepsTheMinimum() {
    rig.addMachine("i-1");
    rig.aws
        .faults()
        .once(
            Target.of(TERMINATE),
            new Fault.Refusal(400, "ValidationError", "Currently, desiredSize equals minSize (1)"));

    assertThat(deletion("i-1")).isInstanceOf(Deletion.Kept.class);
  }

  @Test
  void oneThatIsRefusedDoesNotKeepTheOthers() {
    List.of("i-1", "i-2", "i-3").forEach(rig::addMachine);
    rig.refuse(TERMINATE, 400, "ScalingActivityInProgress");

    Map<InstanceId, Deletion> results =
        Rig.value(
            rig.provider.delete(
                Rig.WEB,
                List.of(Rig.machine("i-1"), Rig.machine("i-2")),
                new OperationId("delete")));

    assertThat(results.get(Rig.machine("i-1")))
        .isInstanceOfSatisfying(
            Deletion.Failed.class,
            failed -> assertThat(failed.failure().cause()).isEqualTo(Cause.CONFLICT));
    assertThat(results.get(Rig.machine("i-2"))).isEqualTo(new Deletion.Accepted());
  }

  @Test
  void doesNotKnowWhatCameOfADeleteThatWasCutUntilItReadsAgain() {
    rig.addMachine("i-1");
    rig.aws.faults().once(Target.of(TERMINATE), new Fault.Cut(true));

    assertThat(rig.delete("i-1")).isInstanceOf(CloudOutcome.Unknown.class);
    assertThat(rig.delete("i-1")).isEqualTo(LEAVING);
    assertThat(rig.aws.target(Rig.WEB_ASG)).isZero();
  }
}
