package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How machines count as capacity. */
class GpuStandingsTest {
  private final GpuScene scene = new GpuScene();

  @ParameterizedTest
  @CsvSource({
    "LAUNCHING, UPCOMING",
    "REGISTERING, UPCOMING",
    "DRIVER, UPCOMING",
    "RUNTIME, UPCOMING",
    "DEVICE_PLUGIN, UPCOMING",
    "VALIDATING, UPCOMING",
  })
  void countsMachineAsUpcomingUntilItsDeadline(GpuPhase phase, GpuStanding expected) {
    SceneMachine machine = scene.machineIn("i-1", phase);
    scene.decideAndAct();
    assertThat(standing(machine)).isEqualTo(expected);

    scene.after(GpuDeadlines.defaultOf(phase).minusSeconds(1));
    assertThat(standing(machine)).isEqualTo(expected);

    scene.afterSeconds(1);
    assertThat(standing(machine)).isEqualTo(GpuStanding.FAILED);
  }

  @Test
  void countsValidatedNodeAsUpcomingUntilItsGateIsOpen() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    assertThat(standing(machine)).isEqualTo(GpuStanding.UPCOMING);

    scene.decideAndAct();

    assertThat(standing(machine)).isEqualTo(GpuStanding.READY);
    assertThat(scene.standings().of(machine.nodeName())).isEqualTo(GpuStanding.READY);
  }

  @Test
  void countsFailedMachineAsFailed() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.failure = new GpuFailure(GpuPhase.DRIVER, "NouveauLoaded", "in use");

    assertThat(standing(machine)).isEqualTo(GpuStanding.FAILED);
    assertThat(scene.standings().of(machine.nodeName())).isEqualTo(GpuStanding.FAILED);
  }

  @Test
  void countsMachineThatItsCloudDeletesAsFailed() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.instance = Instance.State.DELETING;

    assertThat(standing(machine)).isEqualTo(GpuStanding.FAILED);
  }

  @ParameterizedTest
  @EnumSource(Instance.State.class)
  void hasNothingToSayAboutGroupsWithoutAStack(Instance.State state) {
    Instance other =
        new Instance(
            new InstanceId("i-9"),
            new NodeGroupName("web"),
            GpuScene.VARIANT,
            state,
            GpuScene.START,
            null);

    assertThat(scene.standings().of(other)).isEqualTo(GpuStanding.NOT_GPU);
  }

  @Test
  void answersForOneMachineAsForAll() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.RUNTIME);
    Instance instance = machine.toInstance().orElseThrow();

    assertThat(
            GpuPlanner.standing(instance, scene.snapshot(), scene.state, scene.policy, scene.now))
        .isEqualTo(standing(machine));
  }

  @Test
  void keepsReadyNodeReadyWhenItIsBeingRemoved() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    scene.decideAndAct();
    machine.taints.add(Keys.DISRUPTED);

    assertThat(standing(machine)).isEqualTo(GpuStanding.READY);
  }

  private GpuStanding standing(SceneMachine machine) {
    return scene.standings().of(machine.toInstance().orElseThrow());
  }
}
