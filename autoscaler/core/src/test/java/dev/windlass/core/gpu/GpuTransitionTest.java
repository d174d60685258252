package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of transitions, the deadlines, and what a machine's failure is called. */
class GpuTransitionTest {
  private final GpuScene scene = new GpuScene();

  @ParameterizedTest
  @CsvSource({
    // cloud, node, steps finished, devices, phase
    "CREATING, no,  0, 0, LAUNCHING",
    "RUNNING,  no,  0, 0, REGISTERING",
    "CREATING, yes, 0, 0, DRIVER",
    "RUNNING,  yes, 0, 0, DRIVER",
    "RUNNING,  yes, 0, 8, DRIVER",
    "RUNNING,  yes, 1, 0, RUNTIME",
    "RUNNING,  yes, 2, 0, DEVICE_PLUGIN",
    "RUNNING,  yes, 2, 8, DEVICE_PLUGIN",
    "RUNNING,  yes, 3, 0, DEVICE_PLUGIN",
    "RUNNING,  yes, 3, 7, DEVICE_PLUGIN",
    "RUNNING,  yes, 3, 8, VALIDATING",
    "RUNNING,  yes, 3, 9, VALIDATING",
    "RUNNING,  yes, 4, 0, DEVICE_PLUGIN",
    "RUNNING,  yes, 4, 7, DEVICE_PLUGIN",
    "RUNNING,  yes, 4, 8, READY",
  })
  void findsPhaseOfMachineSeenForTheFirstTime(
      Instance.State cloud, String node, int steps, long devices, GpuPhase expected) {
    SceneMachine machine = scene.machine("i-1");
    if (node.equals("yes")) {
      machine.registered(scene.now);
    }
    machine.instance = cloud;
    machine.devices = devices;
    SceneMachine.steps().subList(0, steps).forEach(step -> machine.finished(step, scene.now));

    assertThat(phaseAfter(scene.decide())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "LAUNCHING, RUNNING, REGISTERING",
    "REGISTERING, NODE, DRIVER",
    "DRIVER, DRIVER, RUNTIME",
    "RUNTIME, RUNTIME, DEVICE_PLUGIN",
    "DEVICE_PLUGIN, DEVICE_PLUGIN, DEVICE_PLUGIN",
    "DEVICE_PLUGIN, DEVICES, DEVICE_PLUGIN",
    "VALIDATING, VALIDATING, READY",
    "LAUNCHING, NODE, DRIVER",
    "VALIDATING, NOTHING, VALIDATING",
    "READY, NOTHING, READY",
  })
  void goesOnWhenSomethingHappened(GpuPhase before, String event, GpuPhase expected) {
    SceneMachine machine = scene.machineIn("i-1", before);
    scene.decideAndAct();
    happen(machine, event);

    assertThat(phaseAfter(scene.afterSeconds(10).decide())).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"READY", "FAILED"})
  void waitsUntilJustBeforeTheDefaultDeadline(GpuPhase phase) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();

    GpuPlan plan = scene.after(GpuDeadlines.defaultOf(phase).minusMillis(1)).decide();

    assertThat(phaseAfter(plan)).isEqualTo(phase);
    assertThat(only(plan).progress().deadline()).isEqualTo(scene.now.plusMillis(1));
  }

  @ParameterizedTest
  @CsvSource({
    "LAUNCHING, LaunchTimedOut",
    "REGISTERING, RegistrationTimedOut",
    "DRIVER, DriverTimedOut",
    "RUNTIME, RuntimeTimedOut",
    "DEVICE_PLUGIN, DevicePluginTimedOut",
    "VALIDATING, ValidationTimedOut",
  })
  void failsAtTheDefaultDeadlineWithItsCause(GpuPhase phase, String cause) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();

    GpuPlan plan = scene.after(GpuDeadlines.defaultOf(phase)).decide();

    assertThat(failure(plan).cause()).isEqualTo(cause);
    assertThat(failure(plan).phase()).isEqualTo(phase);
    assertThat(only(plan).progress().started().get(GpuPhase.FAILED)).isEqualTo(scene.now);
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"READY", "FAILED"})
  void followsTheDeadlineOfTheStack(GpuPhase phase) {
    scene.deadlines.put(phase, Duration.ofSeconds(7));
    scene.machineIn("i-1", phase);
    scene.decideAndAct();

    assertThat(phaseAfter(scene.afterSeconds(6).decide())).isEqualTo(phase);
    assertThat(phaseAfter(scene.afterSeconds(1).decide())).isEqualTo(GpuPhase.FAILED);
  }

  @Test
  void saysThatDevicesAreMissingWhenThePluginRunsButAdvertisesTooFew() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DEVICE_PLUGIN);
    machine.finished(GpuPhase.DEVICE_PLUGIN, scene.now).devices = 7;
    scene.decideAndAct();

    GpuPlan plan = scene.after(Duration.ofMinutes(3)).decide();

    assertThat(failure(plan).cause()).isEqualTo("DevicesMissing");
    assertThat(failure(plan).message()).contains("7 of 8 nvidia.com/gpu");
  }

  @Test
  void saysThatDevicesAreMissingWhenTheyVanishBeforeTheNodeOpens() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.VALIDATING);
    scene.decideAndAct();
    machine.finished(GpuPhase.VALIDATING, scene.now).devices = 0;

    GpuPlan plan = scene.after(Duration.ofMinutes(5)).decide();

    assertThat(failure(plan).cause()).isEqualTo("DevicesMissing");
  }

  @Test
  void takesTheAgentsWordForAFailure() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.failure = new GpuFailure(GpuPhase.DRIVER, "DriverBuildFailed", "no kernel headers");

    assertThat(failure(scene.decide())).isEqualTo(machine.failure);
  }

  @Test
  void failsReadyNodeWhoseAgentReportsAFailure() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    scene.decideAndAct();
    machine.failure = new GpuFailure(GpuPhase.READY, "DeviceLost", "Xid 79");

    GpuPlan plan = scene.afterSeconds(1).decide();

    assertThat(failure(plan).cause()).isEqualTo("DeviceLost");
    assertThat(only(plan).progress().started()).containsKey(GpuPhase.READY);
  }

  @Test
  void takesTheCloudsWordForAFailedMachine() {
    SceneMachine machine = scene.machine("i-1");
    machine.instance = Instance.State.FAILED;
    machine.error = new CloudFailure(CloudFailure.Cause.CAPACITY, "no gpu.8x in zone-a");

    GpuPlan plan = scene.decide();

    assertThat(failure(plan).cause()).isEqualTo("LaunchFailed");
    assertThat(failure(plan).message()).isEqualTo("no gpu.8x in zone-a");
  }

  @Test
  void staysFailedWhenNothingChanges() {
    scene.policy = GpuPlans.keepingFailed();
    scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    Instant failedAt = scene.after(Duration.ofMinutes(10)).now;
    scene.decideAndAct();

    GpuPlan plan = scene.after(Duration.ofMinutes(30)).decide();

    assertThat(memory().phase()).isEqualTo(GpuPhase.FAILED);
    assertThat(only(plan).progress().started().get(GpuPhase.FAILED)).isEqualTo(failedAt);
  }

  @Test
  void goesOnWithAStepThatSucceedsTooLate() {
    scene.policy = GpuPlans.keepingFailed();
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    scene.after(Duration.ofMinutes(10)).decideAndAct();
    machine.finished(GpuPhase.DRIVER, scene.now);

    GpuPlan plan = scene.afterSeconds(30).decide();

    assertThat(phaseAfter(plan)).isEqualTo(GpuPhase.RUNTIME);
    assertThat(only(plan).progress().failure()).isNull();
    assertThat(only(plan).progress().started())
        .containsEntry(GpuPhase.DRIVER, GpuScene.START)
        .doesNotContainKey(GpuPhase.FAILED);
  }

  @Test
  void staysFailedWhenTheStepSucceedsWhileTheNodeIsRemoved() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    scene.after(Duration.ofMinutes(10)).decideAndAct();
    machine.finished(GpuPhase.DRIVER, scene.now);

    assertThat(machine.taints).contains(Keys.DISRUPTED);
    assertThat(phaseAfter(scene.afterSeconds(30).decide())).isEqualTo(GpuPhase.FAILED);
  }

  @Test
  void measuresStepsByTheAgentsTimes() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    machine.finished(GpuPhase.DRIVER, GpuScene.START.plusSeconds(40));

    GpuPlan plan = scene.afterSeconds(60).decide();

    assertThat(only(plan).progress().started().get(GpuPhase.RUNTIME))
        .isEqualTo(GpuScene.START.plusSeconds(40));
  }

  @ParameterizedTest
  @CsvSource({"-500, 0", "500, 60"})
  void keepsAgentsWithAWrongClockInsideThePhase(long agentSeconds, long expectedSeconds) {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    machine.finished(GpuPhase.DRIVER, GpuScene.START.plusSeconds(agentSeconds));

    GpuPlan plan = scene.afterSeconds(60).decide();

    assertThat(only(plan).progress().started().get(GpuPhase.RUNTIME))
        .isEqualTo(GpuScene.START.plusSeconds(expectedSeconds));
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"READY", "FAILED"})
  void letsNoDeadlinePassWhileTheApiServerIsNotHeard(GpuPhase phase) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();
    scene.kubernetesAge = Duration.ofMinutes(4);

    GpuPlan plan = scene.after(Duration.ofHours(1)).decide();

    assertThat(phaseAfter(plan)).isEqualTo(phase);
    assertThat(plan.steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"LAUNCHING, LAUNCHING", "REGISTERING, REGISTERING", "DRIVER, FAILED"})
  void letsNoMachineFailToAppearWhileItsCloudIsNotHeard(GpuPhase phase, GpuPhase expected) {
    scene.machineIn("i-1", phase);
    scene.decideAndAct();
    scene.cloudAge = Duration.ofMinutes(5);

    assertThat(phaseAfter(scene.after(Duration.ofHours(1)).decide())).isEqualTo(expected);
  }

  @Test
  void failsForWantOfItsStack() {
    scene.stackExists = false;
    scene.policy = GpuPlans.keepingFailed();
    scene.machineIn("i-1", GpuPhase.DRIVER);
    GpuPlan waiting = scene.decideAndAct();

    GpuPlan failed = scene.after(Duration.ofMinutes(10)).decide();

    assertThat(waiting.steps()).noneMatch(GpuPlans::isStart);
    assertThat(only(waiting).action()).contains("GpuStack cuda does not exist");
    assertThat(failure(failed).cause()).isEqualTo("GpuStackMissing");
  }

  private void happen(SceneMachine machine, String event) {
    Instant at = scene.now.plusSeconds(5);
    switch (event) {
      case "NOTHING" -> {}
      case "RUNNING" -> machine.instance = Instance.State.RUNNING;
      case "NODE" -> machine.registered(at);
      case "DEVICES" -> machine.devices = GpuScene.DEVICES;
      default -> machine.finished(GpuPhase.valueOf(event), at);
    }
  }

  private PhaseStart memory() {
    return Objects.requireNonNull(scene.memory("i-1"));
  }

  private static GpuPhase phaseAfter(GpuPlan plan) {
    return only(plan).progress().phase();
  }

  private static GpuFailure failure(GpuPlan plan) {
    return Objects.requireNonNull(only(plan).progress().failure());
  }

  private static GpuPlan.Machine only(GpuPlan plan) {
    assertThat(plan.machines()).hasSize(1);
    return plan.machines().getFirst();
  }
}
