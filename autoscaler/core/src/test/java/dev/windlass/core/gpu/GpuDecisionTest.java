package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Offering;
import dev.windlass.core.scaleup.GroupIncrease;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** GPU machines in the whole decision: upcoming until their deadline, then replaced. */
class GpuDecisionTest {
  private final GpuScene scene = new GpuScene();

  @Test
  void buysAGpuNodeForAPendingGpuPod() {
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    assertThat(increases()).singleElement().matches(each -> each.to() == each.from() + 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"READY", "FAILED"})
  void buysNoSecondNodeWhileTheFirstIsOnItsWay(GpuPhase phase) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    scene.after(GpuDeadlines.defaultOf(phase).minusSeconds(1));

    assertThat(increases()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"READY", "FAILED"})
  void buysAnotherAfterTheDeadlineAndABackoff(GpuPhase phase) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    scene.after(GpuDeadlines.defaultOf(phase));
    assertThat(increases()).isEmpty();
    scene.after(Duration.ofMinutes(2));

    assertThat(increases()).hasSize(1);
  }

  @Test
  void buysNothingMoreInAGroupThatFailsEveryTime() {
    for (String id : List.of("i-1", "i-2", "i-3")) {
      scene.machineIn(id, GpuPhase.DRIVER).failure =
          new GpuFailure(GpuPhase.DRIVER, "DriverBuildFailed", "no kernel headers");
    }
    scene.decideAndAct();
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    Decision soon = decide(Duration.ofMinutes(30));
    Decision later = decide(Duration.ofMinutes(31));

    assertThat(soon.plans().scaleUp().increases()).isEmpty();
    assertThat(soon.plans().scaleUp().unhelped().toString())
        .contains("GPU bootstrap failed on 3 machines in a row");
    assertThat(later.plans().scaleUp().increases()).hasSize(1);
  }

  @Test
  void buysNothingForAStackThatThereIsNot() {
    scene.stackExists = false;
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    Decision decision = decide(Duration.ZERO);

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(decision.plans().scaleUp().unhelped().toString())
        .contains("GPU_STACK", "GpuStack cuda does not exist or is not valid");
    assertThat(decision.plans().gpu().groups().getFirst().misfits())
        .containsExactly("GpuStack cuda does not exist or is not valid");
  }

  @Test
  void buysNothingThatTheStackCannotWorkOnAndSaysWhyOfTheGroup() {
    scene.obstacle = new Offering.Obstacle(false, "L4 has no MIG profile 1g.10gb");
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    Decision decision = decide(Duration.ZERO);

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(decision.plans().scaleUp().unhelped().toString()).contains("no MIG profile");
    assertThat(decision.plans().gpu().groups().getFirst().misfits())
        .containsExactly("gpu.8x: L4 has no MIG profile 1g.10gb");
  }

  @Test
  void placesThePodOnTheNodeThatIsOnItsWay() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.RUNTIME);
    scene.decideAndAct();
    scene.pods.add(GpuPods.pending("train-0", GpuScene.DEVICES));

    Decision decision = decide(Duration.ofSeconds(10));

    assertThat(decision.plans().scaleUp().placements().toString())
        .contains(machine.nodeName().value());
  }

  private List<GroupIncrease> increases() {
    return decide(Duration.ZERO).plans().scaleUp().increases();
  }

  private Decision decide(Duration later) {
    scene.after(later);
    Decision decision = Decider.decide(scene.snapshot(), scene.state, scene.policy, scene.now);
    scene.state = decision.next();
    return decision;
  }
}
