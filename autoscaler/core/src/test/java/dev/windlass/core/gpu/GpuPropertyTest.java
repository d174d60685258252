package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds in every world, whatever happens in it. */
class GpuPropertyTest {
  private static final int TICKS = 120;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void holdsItsPromisesInRandomWorlds(long seed) {
    Random random = new Random(seed);
    GpuScene scene = new GpuScene();
    Map<String, GpuPhase> before = new HashMap<>();
    int ready = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      disturb(scene, random, tick, before);
      scene.afterSeconds(5 + random.nextInt(40));
      if (random.nextInt(10) == 0) {
        scene.restart();
      }
      List<SceneMachine> seen = List.copyOf(scene.machines);
      GpuPlan plan = scene.decide();
      assertThat(GpuPlanner.plan(scene.snapshot(), scene.state, scene.policy, scene.now).state())
          .as("deciding again changes nothing, seed %d tick %d", seed, tick)
          .isEqualTo(plan.state());
      ready += checkMachines(plan, before, scene, "seed " + seed + " tick " + tick);
      checkActions(plan, seen, "seed " + seed + " tick " + tick);
      scene.apply(plan);
    }
    assertThat(ready).as("the world of seed %d has ready nodes", seed).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6, 9})
  void reachesReadyOrFailureWithinTheSumOfTheDeadlines(long seed) {
    Random random = new Random(seed);
    GpuScene scene = new GpuScene();
    scene.policy = GpuPlans.keepingFailed();
    scene.machine("i-1");
    Duration bound = Duration.ZERO;
    for (GpuPhase phase : GpuPhase.values()) {
      bound = bound.plus(GpuDeadlines.defaultOf(phase));
    }
    for (Duration passed = Duration.ZERO;
        passed.compareTo(bound) <= 0;
        passed = passed.plusSeconds(10)) {
      scene.decideAndAct();
      if (random.nextInt(20) == 0) {
        progress(scene.machines.getFirst(), scene);
      }
      scene.afterSeconds(10);
    }

    assertThat(scene.decide().machines().getFirst().progress().phase())
        .as("seed %d", seed)
        .isIn(GpuPhase.READY, GpuPhase.FAILED);
  }

  private static void disturb(
      GpuScene scene, Random random, int tick, Map<String, GpuPhase> before) {
    if (scene.machines.size() < 6 && random.nextInt(3) == 0) {
      scene.machine("i-" + tick);
    }
    for (SceneMachine machine : scene.machines) {
      if (random.nextInt(3) != 0) {
        progress(machine, scene);
      }
      int event = random.nextInt(100);
      if (event == 0) {
        machine.failure = new GpuFailure(GpuPhase.DRIVER, "DriverBuildFailed", "no headers");
      } else if (event == 1 && machine.nodeCreatedAt != null) {
        machine.nodeGone();
        before.remove(machine.id);
      } else if (event == 2) {
        machine.finished.clear();
        machine.operation = null;
      }
    }
  }

  /** The next thing that goes well for a machine. */
  private static void progress(SceneMachine machine, GpuScene scene) {
    if (machine.instance == Instance.State.CREATING) {
      machine.instance = Instance.State.RUNNING;
    } else if (machine.nodeCreatedAt == null) {
      machine.registered(scene.now);
    } else if (machine.operation != null) {
      String step = machine.operation.value();
      GpuPhase phase = GpuPhase.valueOf(step.substring(step.lastIndexOf(':') + 1));
      machine.finished.putIfAbsent(phase, scene.now);
      machine.devices = phase.compareTo(GpuPhase.RUNTIME) > 0 ? GpuScene.DEVICES : machine.devices;
    }
  }

  private static int checkMachines(
      GpuPlan plan, Map<String, GpuPhase> before, GpuScene scene, String where) {
    int ready = 0;
    for (GpuPlan.Machine machine : plan.machines()) {
      GpuPlan.Progress progress = machine.progress();
      String id = String.valueOf(machine.instance());
      GpuPhase last = before.put(id, progress.phase());
      if (last != null && last != GpuPhase.FAILED) {
        assertThat(progress.phase()).as("%s %s", where, id).isGreaterThanOrEqualTo(last);
      }
      boolean failed = progress.phase() == GpuPhase.FAILED;
      assertThat(progress.failure() != null).as("%s %s", where, id).isEqualTo(failed);
      if (progress.phase() == GpuPhase.READY) {
        ready++;
      } else if (!failed) {
        assertThat(progress.deadline()).as("%s %s", where, id).isAfter(scene.now);
      }
    }
    assertThat(plan.machines()).as(where).hasSameSizeAs(scene.machines);
    return ready;
  }

  private static void checkActions(GpuPlan plan, List<SceneMachine> machines, String where) {
    for (SceneMachine machine : machines) {
      long starts =
          plan.steps().stream()
              .filter(
                  step -> step instanceof Action.StartGpuStep start && machine.isNode(start.node()))
              .count();
      assertThat(starts).as(where).isLessThanOrEqualTo(1);
      for (Action step : plan.steps()) {
        if (step instanceof Action.OpenGpuNode open && machine.isNode(open.node())) {
          assertThat(machine.devices).as(where).isEqualTo(GpuScene.DEVICES);
        }
        if (step instanceof Action.DeleteInstance delete
            && delete.instance().value().equals(machine.id)
            && machine.nodeCreatedAt != null) {
          assertThat(machine.taints).as(where).contains(Keys.DISRUPTED);
        }
      }
    }
  }
}
