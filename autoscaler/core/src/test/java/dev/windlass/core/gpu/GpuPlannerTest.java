package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup.Mode;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.ResourceSlice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done in each phase. */
class GpuPlannerTest {
  private final GpuScene scene = new GpuScene();

  @Test
  void bringsMachineToReadyOneStepAtATime() {
    SceneMachine machine = scene.machine("i-1");
    assertThat(scene.decideAndAct().steps()).isEmpty();
    machine.registered(scene.afterSeconds(60).now);
    for (GpuPhase step : SceneMachine.steps()) {
      List<Action> started =
          scene.decideAndAct().steps().stream().filter(GpuPlans::isStart).toList();
      assertThat(started)
          .containsExactly(
              new Action.StartGpuStep(
                  machine.nodeName(), machine.identity(), GpuScene.STACK, step));
      machine.finished(step, scene.afterSeconds(20).now);
      machine.devices = step == GpuPhase.DEVICE_PLUGIN ? GpuScene.DEVICES : machine.devices;
    }
    GpuPlan plan = scene.decideAndAct();

    assertThat(plan.steps().getFirst())
        .isEqualTo(new Action.OpenGpuNode(machine.nodeName(), machine.identity()));
    assertThat(machine.taints).isEmpty();
    assertThat(scene.afterSeconds(10).decide().steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"DRIVER", "RUNTIME", "DEVICE_PLUGIN", "VALIDATING"})
  void ordersAStepOnceTheAgentHasIt(GpuPhase phase) {
    scene.machineIn("i-1", phase);

    List<Action> first = scene.decideAndAct().steps();
    List<Action> second = scene.afterSeconds(10).decideAndAct().steps();

    assertThat(first).filteredOn(GpuPlans::isStart).hasSize(1);
    assertThat(second).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"DRIVER", "RUNTIME", "DEVICE_PLUGIN", "VALIDATING"})
  void repeatsTheSameOrderUntilTheAgentHasIt(GpuPhase phase) {
    scene.machineIn("i-1", phase);

    OperationId first = startOf(scene.decide());
    OperationId second = startOf(scene.afterSeconds(10).decide());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void ordersUnderAnotherIdForANewNodeOfTheSameName() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    OperationId first = startOf(scene.decide());
    machine.registered(scene.afterSeconds(30).now);

    assertThat(startOf(scene.decide())).isNotEqualTo(first);
  }

  @Test
  void ignoresWhatTheAgentOfAnEarlierNodeSaid() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.VALIDATING);
    machine.finished(GpuPhase.VALIDATING, scene.now);
    machine.operation = new OperationId("gpu:" + machine.nodeName() + ":old-uid:VALIDATING");

    GpuPlan plan = scene.decide();

    assertThat(plan.machines().getFirst().progress().phase()).isEqualTo(GpuPhase.DRIVER);
    assertThat(plan.steps()).noneMatch(GpuPlans::isOpen);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "7, false", "8, true"})
  void opensOnlyWithAllDevices(long devices, boolean opens) {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    scene.decide();
    machine.devices = devices;

    assertThat(scene.decide().steps().stream().anyMatch(GpuPlans::isOpen)).isEqualTo(opens);
  }

  @ParameterizedTest
  @CsvSource({"gpu.nvidia.com, true", "other.example.com, false"})
  void waitsForThePublishedDevicesWherePodsClaimThem(String driver, boolean opens) {
    scene.resource = "gpu.nvidia.com";
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    machine.devices = 0;
    scene.slices.add(
        new ResourceSlice(
            "s",
            new ResourceSlice.Pool(driver, "p", 1, 1),
            new DeviceNodes.One(machine.nodeName().value()),
            Map.of(),
            List.of(Device.of("gpu-0", Map.of()))));

    assertThat(scene.decide().steps().stream().anyMatch(Action.OpenGpuNode.class::isInstance))
        .isEqualTo(opens);
  }

  @Test
  void opensOnlyAfterValidation() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.VALIDATING);

    assertThat(scene.decideAndAct().steps()).noneMatch(GpuPlans::isOpen);
    machine.finished(GpuPhase.VALIDATING, scene.afterSeconds(9).now);
    assertThat(scene.decideAndAct().steps()).anyMatch(GpuPlans::isOpen);
  }

  @Test
  void opensAgainWhenTheTaintCameBack() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    scene.decideAndAct();
    machine.taints.add(Keys.GPU_NOT_READY);

    assertThat(scene.afterSeconds(10).decide().steps()).anyMatch(GpuPlans::isOpen);
  }

  @ParameterizedTest
  @CsvSource({
    "windlass-system, DaemonSet, 5, RUNTIME",
    "tenant, DaemonSet, 5, DRIVER",
    "windlass-system, ReplicaSet, 5, DRIVER",
    "windlass-system, DaemonSet, -5, DRIVER",
  })
  void believesAReadyOperandOfThisNode(
      String namespace, String owner, long readySeconds, GpuPhase expected) {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.pods.add(
        GpuPods.operand(
            machine, namespace, owner, GpuPhase.DRIVER, scene.now.plusSeconds(readySeconds)));

    GpuPlan plan = scene.afterSeconds(10).decide();

    assertThat(plan.machines().getFirst().progress().phase()).isEqualTo(expected);
  }

  @Test
  void bringsNodeToReadyByOperandsAlone() {
    SceneMachine machine = scene.machine("i-1").registered(scene.now);
    for (GpuPhase step : SceneMachine.steps()) {
      scene.decideAndAct();
      scene.afterSeconds(20);
      scene.pods.add(
          GpuPods.operand(machine, GpuOperandPods.NAMESPACE, "DaemonSet", step, scene.now));
      machine.devices = step == GpuPhase.DEVICE_PLUGIN ? GpuScene.DEVICES : machine.devices;
    }

    assertThat(scene.decideAndAct().steps()).anyMatch(GpuPlans::isOpen);
  }

  @Test
  void leavesAloneNodesThatWorkedBefore() {
    SceneMachine machine = scene.machine("i-1").registered(scene.now);
    machine.taints.clear();
    machine.devices = GpuScene.DEVICES;

    GpuPlan plan = scene.after(Duration.ofDays(3)).decide();

    assertThat(plan.machines().getFirst().progress().phase()).isEqualTo(GpuPhase.READY);
    assertThat(plan.steps()).allMatch(GpuPlans::isNote);
  }

  @Test
  void givesNodesFoundBehindTheGateTheirFullTime() {
    scene.machine("i-1").registered(scene.now);

    GpuPlan plan = scene.after(Duration.ofDays(3)).decide();

    assertThat(plan.machines().getFirst().progress().phase()).isEqualTo(GpuPhase.DRIVER);
    assertThat(plan.machines().getFirst().progress().deadline())
        .isEqualTo(scene.now.plus(GpuDeadlines.defaultOf(GpuPhase.DRIVER)));
  }

  @Test
  void notesThePhaseOnceForEachChange() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    assertThat(scene.decideAndAct().steps()).filteredOn(GpuPlans::isNote).hasSize(1);
    assertThat(scene.afterSeconds(10).decideAndAct().steps()).isEmpty();

    machine.finished(GpuPhase.DRIVER, scene.now);

    assertThat(scene.decideAndAct().steps()).filteredOn(GpuPlans::isNote).hasSize(1);
    assertThat(machine.annotations.get(Keys.GPU_PHASE)).contains("Runtime=");
  }

  @Test
  void doesNothingInAPausedGroupAndStopsItsClock() {
    scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    scene.mode = Mode.PAUSED;
    GpuPlan paused = scene.after(Duration.ofHours(2)).decide();
    scene.mode = Mode.ACTING;
    GpuPlan resumed = scene.after(Duration.ofMinutes(9)).decide();

    assertThat(paused.steps()).isEmpty();
    assertThat(paused.machines().getFirst().action()).contains("paused");
    assertThat(resumed.machines().getFirst().progress().phase()).isEqualTo(GpuPhase.DRIVER);
  }

  @Test
  void takesNoStepOnANodeThatIsBeingRemoved() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.taints.add(Keys.DISRUPTED);

    assertThat(scene.decide().steps()).isEmpty();
    assertThat(scene.after(Duration.ofHours(1)).decide().steps()).isEmpty();
  }

  @Test
  void doesNotPlanForMachinesThatTheCloudDeletes() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.instance = Instance.State.DELETING;

    assertThat(scene.decide().machines()).isEmpty();
  }

  @Test
  void bootstrapsNodesWithoutACloud() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.RUNTIME);
    machine.instance = null;

    GpuPlan plan = scene.decide();

    assertThat(plan.machines().getFirst().instance()).isNull();
    assertThat(startOf(plan).value()).endsWith(":RUNTIME");
  }

  @Test
  void listsMachinesInAStableOrder() {
    scene.machineIn("i-3", GpuPhase.DRIVER);
    scene.machineIn("i-1", GpuPhase.LAUNCHING);
    scene.machineIn("i-2", GpuPhase.READY);

    assertThat(scene.decide().machines())
        .extracting(GpuPlan.Machine::name)
        .containsExactly("i-1", "node-of-i-2", "node-of-i-3");
  }

  @Test
  void forgetsMachinesThatAreGone() {
    scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decide();
    scene.machines.clear();

    assertThat(scene.decide().state()).isEmpty();
  }

  private static OperationId startOf(GpuPlan plan) {
    return plan.steps().stream().filter(GpuPlans::isStart).findFirst().orElseThrow().id();
  }
}
