package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of failed machines, and when a group is left alone. */
class GpuReplacementTest {
  private static final GpuFailure BROKEN =
      new GpuFailure(GpuPhase.DRIVER, "DriverBuildFailed", "no kernel headers");

  private final GpuScene scene = new GpuScene();

  @Test
  void taintsTheNodeFirstAndDeletesTheMachineInTheNextDecision() {
    SceneMachine machine = failed("i-1");

    GpuPlan first = scene.decideAndAct();
    GpuPlan second = scene.afterSeconds(10).decideAndAct();

    assertThat(first.steps()).anyMatch(GpuPlans::isTaint).noneMatch(GpuPlans::isDelete);
    assertThat(second.steps())
        .containsExactly(
            new Action.DeleteInstance(
                GpuScene.GROUP,
                new InstanceId("i-1"),
                machine.nodeName().value(),
                "GPU bootstrap failed: DriverBuildFailed, no kernel headers"));
  }

  @Test
  void deletesAMachineWithoutANodeAtOnce() {
    scene.machineIn("i-1", GpuPhase.REGISTERING);
    scene.decideAndAct();

    GpuPlan plan = scene.after(Duration.ofMinutes(10)).decide();

    assertThat(plan.steps()).singleElement().matches(GpuPlans::isDelete);
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, replacing failed machines is switched off",
    "PROTECTED, protects it",
    "CLOUD_STALE, waits for fresh input",
    "NO_STACK, does not exist",
    "NO_CLOUD, no cloud knows its machine",
  })
  void keepsFailedMachineAndSaysWhy(String obstacle, String expected) {
    SceneMachine machine = failed("i-1");
    switch (obstacle) {
      case "OFF" -> scene.policy = GpuPlans.keepingFailed();
      case "PROTECTED" -> machine.annotations.put(Keys.DO_NOT_DISRUPT, "true");
      case "CLOUD_STALE" -> scene.cloudAge = Duration.ofMinutes(10);
      case "NO_STACK" -> scene.stackExists = false;
      default -> machine.instance = null;
    }

    GpuPlan plan = scene.decide();

    assertThat(plan.steps()).allMatch(GpuPlans::isNote);
    assertThat(plan.machines().getFirst().action()).contains(expected);
  }

  @Test
  void leavesPodsOfATaintedNodeToScaleDown() {
    SceneMachine machine = failed("i-1");
    scene.pods.add(GpuPods.of(machine, "ReplicaSet"));

    assertThat(scene.decideAndAct().steps()).anyMatch(GpuPlans::isTaint);
    GpuPlan plan = scene.afterSeconds(10).decideAndAct();

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.machines().getFirst().action()).contains("scale-down drains it");
  }

  @Test
  void drainsNoMoreFailedNodesAtATimeThanScaleDownMay() {
    scene.maxAttempts = 100;
    for (int i = 0; i < 8; i++) {
      scene.pods.add(GpuPods.of(failed("i-" + i), "ReplicaSet"));
    }

    assertThat(scene.decideAndAct().steps()).filteredOn(GpuPlans::isTaint).hasSize(5);
    assertThat(scene.afterSeconds(10).decideAndAct().steps()).isEmpty();
    scene.pods.clear();
    assertThat(scene.afterSeconds(10).decideAndAct().steps())
        .filteredOn(GpuPlans::isTaint)
        .hasSize(3);
  }

  @Test
  void doesNotMindPodsOfDaemonSets() {
    SceneMachine machine = failed("i-1");
    scene.pods.add(GpuPods.of(machine, "DaemonSet"));

    assertThat(scene.decide().steps()).anyMatch(GpuPlans::isTaint);
  }

  @Test
  void doesNotDeleteUnderAPodThatCameAfterTheTaint() {
    SceneMachine machine = failed("i-1");
    scene.decideAndAct();
    scene.pods.add(GpuPods.of(machine, "ReplicaSet"));

    assertThat(scene.afterSeconds(10).decide().steps()).isEmpty();
  }

  @Test
  void keepsOneMachineAsEvidenceWhenTheGroupFailedTooOftenInARow() {
    List.of("i-1", "i-2", "i-3").forEach(this::failed);

    GpuPlan plan = scene.decideAndAct();

    assertThat(plan.steps()).filteredOn(GpuPlans::isTaint).hasSize(2);
    assertThat(plan.machines().getFirst().action()).contains("evidence", "3 machines");
    assertThat(scene.standings().isExhausted(GpuScene.GROUP)).isTrue();
  }

  @Test
  void remembersFailuresOfMachinesThatAreGone() {
    for (String id : List.of("i-1", "i-2")) {
      failed(id);
      scene.decideAndAct();
      scene.afterSeconds(10).decideAndAct();
      assertThat(scene.machines).isEmpty();
      assertThat(scene.standings().isExhausted(GpuScene.GROUP)).isFalse();
    }
    failed("i-3");

    assertThat(scene.decideAndAct().machines().getFirst().action()).contains("evidence");
    assertThat(scene.standings().isExhausted(GpuScene.GROUP)).isTrue();
  }

  @Test
  void forgetsFailuresWhenAMachineOfTheGroupBecomesReady() {
    List.of("i-1", "i-2", "i-3").forEach(this::failed);
    scene.decideAndAct();
    scene.machineIn("i-4", GpuPhase.READY);
    scene.afterSeconds(10).decideAndAct();

    assertThat(scene.standings().isExhausted(GpuScene.GROUP)).isFalse();
  }

  @Test
  void triesAgainAndDeletesTheEvidenceAfterAnHour() {
    List.of("i-1", "i-2", "i-3").forEach(this::failed);
    scene.decideAndAct();
    scene.afterSeconds(10).decideAndAct();
    assertThat(scene.machines).hasSize(1);

    GpuPlan plan = scene.after(GpuAttempts.MEMORY).decideAndAct();

    assertThat(plan.steps()).anyMatch(GpuPlans::isTaint);
    assertThat(scene.standings().isExhausted(GpuScene.GROUP)).isFalse();
  }

  @Test
  void deletesNoMoreThanItsBoundAtATime() {
    scene.maxAttempts = 100;
    for (int i = 0; i < GpuReplacement.MAX_DELETIONS + 3; i++) {
      failed("i-" + i);
    }
    scene.decideAndAct();

    GpuPlan plan = scene.afterSeconds(10).decideAndAct();

    assertThat(plan.steps()).filteredOn(GpuPlans::isDelete).hasSize(GpuReplacement.MAX_DELETIONS);
    assertThat(plan.machines()).filteredOn(m -> words(m).contains("deferred")).hasSize(3);
    assertThat(scene.afterSeconds(10).decideAndAct().steps()).hasSize(3);
  }

  @Test
  void reportsAFailureForTheGroupsBackoffOnce() {
    failed("i-1");

    assertThat(scene.decideAndAct().failuresAt(scene.now))
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.group()).isEqualTo(GpuScene.GROUP);
          assertThat(failure.failure().message()).contains("DriverBuildFailed");
        });
    scene.afterSeconds(10);
    assertThat(scene.decideAndAct().failuresAt(scene.now)).isEmpty();
  }

  private SceneMachine failed(String id) {
    SceneMachine machine = scene.machineIn(id, GpuPhase.DRIVER);
    machine.failure = BROKEN;
    return machine;
  }

  private static String words(GpuPlan.Machine machine) {
    return machine.action() == null ? "" : machine.action();
  }
}
