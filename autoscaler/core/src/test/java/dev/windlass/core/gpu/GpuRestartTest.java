package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What survives: a restart of the daemon, a reboot of the node, a wrong annotation. */
class GpuRestartTest {
  private final GpuScene scene = new GpuScene();

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"DRIVER", "RUNTIME", "DEVICE_PLUGIN", "VALIDATING"})
  void keepsTheDeadlineOverARestart(GpuPhase phase) {
    scene.machineIn("i-1", phase);
    Instant deadline = machine(scene.decideAndAct()).deadline();
    scene.restart();

    GpuPlan.Progress after = machine(scene.afterSeconds(60).decide());

    assertThat(after.phase()).isEqualTo(phase);
    assertThat(after.deadline()).isEqualTo(deadline);
  }

  @Test
  void keepsAFailureOverARestart() {
    scene.policy = GpuPlans.keepingFailed();
    scene.machineIn("i-1", GpuPhase.DRIVER);
    scene.decideAndAct();
    GpuPlan.Progress before = machine(scene.after(Duration.ofMinutes(10)).decideAndAct());
    scene.restart();

    assertThat(machine(scene.afterSeconds(60).decide())).isEqualTo(before);
  }

  @Test
  void keepsAKindInQuarantineOverARestart() {
    for (int index = 0; index < scene.maxAttempts; index++) {
      scene.machineIn("i-" + index, GpuPhase.DRIVER).failure =
          new GpuFailure(GpuPhase.DRIVER, "DriverBuildFailed", "");
    }
    scene.noted.addAll(scene.decide().groups().getFirst().failed());
    scene.machines.clear();
    scene.restart();

    assertThat(scene.noted).hasSize(scene.maxAttempts);
    assertThat(isLeftAlone(scene.afterSeconds(60).decide())).isTrue();
    assertThat(isLeftAlone(scene.after(GpuAttempts.MEMORY).decide())).isFalse();
  }

  @Test
  void forgetsWhatIsNotedOfAKindOnceAMachineOfItIsReady() {
    for (int index = 0; index < scene.maxAttempts; index++) {
      scene.noted.add(
          new GpuFailedMachine(
              GpuScene.GROUP, GpuScene.VARIANT.instanceType() + "@", "i-" + index, scene.now));
    }
    assertThat(isLeftAlone(scene.decide())).isTrue();
    scene.afterSeconds(60).machineIn("i-9", GpuPhase.READY);

    GpuPlan plan = scene.decide();

    assertThat(isLeftAlone(plan)).isFalse();
    assertThat(plan.groups().getFirst().failed()).isEmpty();
  }

  private boolean isLeftAlone(GpuPlan plan) {
    return GpuQuarantine.close(scene.snapshot(), plan.state(), scene.now)
        .capacity()
        .groups()
        .getFirst()
        .offerings()
        .stream()
        .allMatch(offering -> offering.obstacle() != null);
  }

  @Test
  void keepsTheLaunchDeadlineOverARestartBecauseTheCloudKnowsTheOrder() {
    scene.machine("i-1");
    scene.decide();
    scene.restart();

    assertThat(machine(scene.after(Duration.ofMinutes(4)).decide()).deadline())
        .isEqualTo(GpuScene.START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void failsAMachineThatHasBeenUnregisteredSinceLongBeforeTheRestart() {
    scene.machine("i-1").instance = Instance.State.RUNNING;

    GpuPlan plan = scene.after(Duration.ofDays(1)).decide();

    assertThat(machine(plan).phase()).isEqualTo(GpuPhase.FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Driver",
        "Driver=",
        "Driver=yesterday",
        "Boots=2026-05-04T10:00:00Z",
        "Driver=2026-05-04T10:00:00Z ",
        "Failed=2026-05-04T10:00:00Z",
        "Driver=2026-05-04T10:00:00Z in=Driver cause=X: y",
        "Failed=2026-05-04T10:00:00Z in=Nowhere cause=X: y",
        "Failed=2026-05-04T10:00:00Z in=Driver cause=X",
      })
  void startsAnewWithAnAnnotationThatIsNotOurs(String note) {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.DRIVER);
    machine.annotations.put(Keys.GPU_PHASE, note);

    assertThat(GpuPhaseNote.read(note)).isEmpty();
    assertThat(machine(scene.afterSeconds(60).decide()).deadline())
        .isEqualTo(scene.now.plus(Duration.ofMinutes(10)));
  }

  @Test
  void readsBackEveryAnnotationThatItWrites() {
    long seed = 20260504;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      PhaseStart start = randomStart(random);
      assertThat(GpuPhaseNote.read(GpuPhaseNote.write(start))).as("seed %d", seed).contains(start);
    }
  }

  @Test
  void beginsAgainOnANewNodeObject() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.READY);
    scene.decideAndAct();
    machine.nodeGone();
    machine.registered(scene.after(Duration.ofHours(1)).now);

    GpuPlan.Progress after = machine(scene.afterSeconds(5).decide());

    assertThat(after.phase()).isEqualTo(GpuPhase.DRIVER);
    assertThat(after.started().get(GpuPhase.DRIVER)).isEqualTo(scene.now);
    assertThat(after.started().get(GpuPhase.LAUNCHING)).isEqualTo(GpuScene.START);
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"DRIVER", "VALIDATING", "READY"})
  void waitsForRegistrationAgainWhenTheNodeObjectIsGone(GpuPhase phase) {
    SceneMachine machine = scene.machineIn("i-1", phase);
    scene.decideAndAct();
    machine.nodeGone();

    GpuPlan.Progress gone = machine(scene.afterSeconds(30).decide());

    assertThat(gone.phase()).isEqualTo(GpuPhase.REGISTERING);
    assertThat(gone.deadline()).isEqualTo(scene.now.plus(Duration.ofMinutes(10)));
    assertThat(machine(scene.after(Duration.ofMinutes(10)).decide()).phase())
        .isEqualTo(GpuPhase.FAILED);
  }

  @Test
  void doesNotBeginAgainForEverWhenTheApiServersClockIsAhead() {
    scene.machine("i-1").registered(scene.now.plusSeconds(30));
    Instant first = machine(scene.decide()).deadline();

    assertThat(machine(scene.afterSeconds(10).decide()).deadline()).isEqualTo(first);
  }

  @Test
  void staysInItsPhaseWhenTheAgentsStatusIsLost() {
    SceneMachine machine = scene.machineIn("i-1", GpuPhase.VALIDATING);
    scene.decideAndAct();
    machine.finished.clear();
    machine.operation = null;

    GpuPlan plan = scene.afterSeconds(10).decide();

    assertThat(machine(plan).phase()).isEqualTo(GpuPhase.VALIDATING);
    assertThat(plan.steps()).filteredOn(GpuPlans::isStart).hasSize(1);
  }

  private static PhaseStart randomStart(Random random) {
    GpuPhase[] phases = GpuPhase.values();
    GpuPhase last = phases[random.nextInt(phases.length)];
    EnumMap<GpuPhase, Instant> past = new EnumMap<>(GpuPhase.class);
    for (GpuPhase phase : phases) {
      if (phase.compareTo(last) < 0 && random.nextBoolean()) {
        past.put(phase, GpuScene.START.plusMillis(random.nextInt(100_000)));
      }
    }
    String words = random.nextBoolean() ? "" : "a: b in=Driver cause=x: y\nö";
    GpuFailure failure =
        last == GpuPhase.FAILED
            ? new GpuFailure(
                phases[random.nextInt(phases.length)], "Cause" + random.nextInt(9), words)
            : null;
    return new PhaseStart(last, GpuScene.START.plusSeconds(500), Map.copyOf(past), failure);
  }

  private static GpuPlan.Progress machine(GpuPlan plan) {
    return plan.machines().getFirst().progress();
  }
}
