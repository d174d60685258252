package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose devices are in trouble: isolated, repaired, healthy again or replaced. */
class GpuRepairsTest {
  private static final Duration TICK = Duration.ofSeconds(10);

  private final GpuScene scene = new GpuScene();

  @Test
  void isolatesEmptiesResetsWatchesAndOpensANodeAgain() {
    SceneMachine machine = ready("i-1");
    scene.pods.add(GpuPods.using(machine, "train-0", 2));
    scene.pods.add(GpuPods.of(machine, "ReplicaSet"));
    hit(machine, 119);

    tick();
    assertThat(machine.taints).containsExactly(Keys.GPU_UNHEALTHY);
    tick();
    assertThat(machine.gpuHealth).isEqualTo("Reset");
    assertThat(scene.pods).as("only the pod that uses a device goes").hasSize(1);
    tick();
    GpuPlan ordered = tick();
    assertThat(ordered.steps()).filteredOn(Action.RepairGpuNode.class::isInstance).hasSize(1);
    assertThat(tick().steps()).as("the agent has the order").isEmpty();

    machine.repaired.put(GpuRepair.RESET, scene.now);
    assertThat(tick().machines().getFirst().action()).contains("watched");
    scene.after(Duration.ofMinutes(10));
    tick();
    assertThat(machine.taints).isEmpty();
    tick();
    assertThat(machine.gpuHealth).isEqualTo("Healthy");
    assertThat(tick().steps()).as("old errors are forgotten").isEmpty();
  }

  @Test
  void emptiesTheWholeNodeBeforeAReboot() {
    SceneMachine machine = ready("i-1");
    scene.pods.add(GpuPods.using(machine, "train-0", 2));
    scene.pods.add(GpuPods.of(machine, "ReplicaSet"));
    scene.pods.add(GpuPods.of(machine, "DaemonSet"));
    hit(machine, 79);

    tick();
    tick();

    assertThat(scene.pods).singleElement().matches(Pod::isDaemon);
  }

  @Test
  void triesAStrongerRepairWhenTheTroubleComesBackAndReplacesTheMachineInTheEnd() {
    SceneMachine machine = ready("i-1");
    hit(machine, 48);
    for (GpuRepair repair : List.of(GpuRepair.RESET, GpuRepair.REBOOT)) {
      ticks(4);
      assertThat(String.valueOf(machine.operation)).contains(repair.name());
      machine.repaired.put(repair, scene.now);
      scene.after(TICK);
      hit(machine, 48);
      tick();
    }

    ticks(4);

    assertThat(scene.machines).as("its machine was deleted").isEmpty();
    assertThat(scene.decide().state().toString()).contains("DeviceUnhealthy");
  }

  @Test
  void triesAStrongerRepairWhenTheAgentDoesNotAnswer() {
    SceneMachine machine = ready("i-1");
    hit(machine, 48);
    ticks(4);

    scene.after(GpuPatient.AGENT_TIME);
    tick();

    assertThat(machine.annotations.get(Keys.GPU_REPAIR)).startsWith("Reboot ");
  }

  @Test
  void triesAStrongerRepairAsSoonAsTheAgentSaysThatItCannot() {
    SceneMachine machine = ready("i-1");
    hit(machine, 48);
    ticks(4);
    machine.failure = new GpuFailure(GpuPhase.READY, "ResetFailed", "Not Supported");

    GpuPlan plan = tick();

    assertThat(machine.annotations.get(Keys.GPU_REPAIR)).startsWith("Reboot ").contains("Not Sup");
    assertThat(plan.machines().getFirst().progress().phase()).isEqualTo(GpuPhase.READY);
  }

  @Test
  void looksAtTheDevicesAnewAfterARepair() {
    SceneMachine machine = ready("i-1");
    hit(machine, 48);
    ticks(4);
    machine.repaired.put(GpuRepair.RESET, scene.now);

    assertThat(tick().steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StartGpuStep.class,
            step -> assertThat(step.phase()).isEqualTo(GpuPhase.VALIDATING));
    assertThat(tick().steps()).as("once").isEmpty();

    machine.failure = new GpuFailure(GpuPhase.VALIDATING, "FabricNotReady", "no fabric");
    tick();
    assertThat(machine.annotations.get(Keys.GPU_REPAIR)).startsWith("Reboot ").contains("fabric");
  }

  @Test
  void triesAStrongerRepairWhenDevicesAreMissingAfterwards() {
    SceneMachine machine = ready("i-1");
    hit(machine, 48);
    ticks(4);
    machine.repaired.put(GpuRepair.RESET, scene.now);
    machine.devices = GpuScene.DEVICES - 1;

    scene.after(GpuStack.Health.USUAL.quiet());
    tick();

    assertThat(machine.annotations.get(Keys.GPU_REPAIR)).startsWith("Reboot ").contains("7 of 8");
  }

  @Test
  void doesWhatTheDriverAsksFor() {
    SceneMachine machine = ready("i-1");
    machine.wanted.put("GPU-1", GpuRepair.REBOOT);

    tick();

    assertThat(machine.annotations.get(Keys.GPU_REPAIR)).startsWith("Reboot ").contains("GPU-1");
  }

  @Test
  void startsAPodAgainThatAnErrorHasHitAndLeavesItsNodeOpen() {
    SceneMachine machine = ready("i-1");
    Pod hit = GpuPods.using(machine, "train-0", 1);
    scene.pods.add(hit);
    scene.pods.add(GpuPods.using(machine, "train-1", 1));
    machine.xids.add(new GpuHealth.Xid(94, "GPU-1", scene.now, hit.key()));

    GpuPlan plan = scene.afterSeconds(10).decideAndAct();

    assertThat(plan.steps()).singleElement().isInstanceOf(Action.EvictPod.class);
    assertThat(scene.pods).hasSize(1);
    assertThat(machine.taints).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {43, 63, 154, 999})
  void doesNothingAboutErrorsThatAskForNothing(int xid) {
    hit(ready("i-1"), xid);

    assertThat(tick().steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2"})
  void emptiesNoMoreNodesAtATimeThanTheStackAllows(int most, int expected) {
    scene.health = new GpuStack.Health(true, most, Duration.ofMinutes(10));
    List<SceneMachine> machines = new ArrayList<>();
    for (int index = 0; index < 6; index++) {
      machines.add(ready("i-" + index));
      scene.pods.add(GpuPods.using(machines.get(index), "train-" + index, 1));
    }
    machines.subList(0, 3).forEach(machine -> hit(machine, 95));

    tick();
    GpuPlan plan = tick();

    assertThat(machines).filteredOn(each -> each.taints.contains(Keys.GPU_UNHEALTHY)).hasSize(3);
    assertThat(plan.steps()).filteredOn(Action.EvictPod.class::isInstance).hasSize(expected);
  }

  @Test
  void closesNoMoreThanHalfOfAGroup() {
    for (int index = 0; index < 6; index++) {
      hit(ready("i-" + index), 119);
    }

    tick();

    assertThat(scene.machines)
        .filteredOn(each -> each.taints.contains(Keys.GPU_UNHEALTHY))
        .hasSize(3);
  }

  @Test
  void letsANodeThatCannotBeEmptiedNotBlockTheNext() {
    SceneMachine first = ready("i-1");
    SceneMachine second = ready("i-2");
    ready("i-3");
    ready("i-4");
    scene.pods.add(GpuPods.using(first, "train-1", 1));
    scene.pods.add(GpuPods.using(second, "train-2", 1));
    scene.budgets.add(GpuPods.budgetFor(scene.pods.getFirst(), 0));
    hit(first, 119);
    tick();
    hit(second, 119);

    ticks(4);

    assertThat(first.operation).isNull();
    assertThat(String.valueOf(second.operation)).contains("RESET");
  }

  @Test
  void isolatesOnlyWhereRepairsAreSwitchedOff() {
    scene.health = new GpuStack.Health(false, 1, Duration.ofMinutes(10));
    SceneMachine machine = ready("i-1");
    scene.pods.add(GpuPods.using(machine, "train-0", 1));
    hit(machine, 79);

    ticks(5);

    assertThat(machine.taints).containsExactly(Keys.GPU_UNHEALTHY);
    assertThat(scene.pods).hasSize(1);
    assertThat(machine.operation).isNull();
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    SceneMachine machine = ready("i-1");
    hit(machine, 119);
    ticks(4);

    scene.restart();
    assertThat(tick().steps()).isEmpty();
    machine.repaired.put(GpuRepair.RESET, scene.now);
    scene.after(GpuStack.Health.USUAL.quiet());
    scene.restart();
    ticks(2);

    assertThat(machine.taints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Reset 2026-05-04T10:00:00Z Xid 119 on GPU-1, true",
    "Reset/ordered 2026-05-04T10:00:00Z Xid 119 on GPU-1, true",
    "None 2026-05-04T10:00:00Z, true",
    "Reset yesterday, false",
    "Polish 2026-05-04T10:00:00Z, false",
    "Reset, false",
  })
  void readsItsOwnNotesOnly(String text, boolean ours) {
    SceneMachine machine = ready("i-1");
    machine.annotations.put(Keys.GPU_REPAIR, text);

    assertThat(GpuRepairNote.read(machine.toNode().orElseThrow()).map(GpuRepairNote::written))
        .isEqualTo(
            ours ? Optional.of(new TreeMap<>(Map.of(Keys.GPU_REPAIR, text))) : Optional.empty());
  }

  private SceneMachine ready(String id) {
    SceneMachine machine = scene.machineIn(id, GpuPhase.READY);
    machine.taints.clear();
    scene.decideAndAct();
    scene.after(TICK);
    return machine;
  }

  private void hit(SceneMachine machine, int xid) {
    machine.xids.add(new GpuHealth.Xid(xid, "GPU-1", scene.now, null));
  }

  private GpuPlan tick() {
    scene.after(TICK);
    return scene.decideAndAct();
  }

  private void ticks(int count) {
    for (int tick = 0; tick < count; tick++) {
      tick();
    }
  }
}
