package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of the stack: its nodes are replaced one after the other, their pods first. */
class GpuUpgradeTest {
  private static final Duration TICK = Duration.ofSeconds(20);

  private final GpuWorld world = new GpuWorld();

  @Test
  void buysTheNewNodeBeforeItEvictsThePodsOfTheOldOne() {
    fill(1);
    upgrade("v2", 1);
    boolean evicted = false;
    for (int tick = 0; tick < 200 && world.outdated() > 0; tick++) {
      for (Action action : world.step(TICK).actions()) {
        if (action instanceof Action.EvictPod) {
          evicted = true;
          assertThat(world.scene.machines).as("the new node is there").hasSize(2);
          assertThat(world.scene.machines.get(1).taints).as("and ready").isEmpty();
        }
      }
    }

    assertThat(evicted).isTrue();
    assertThat(world.outdated()).isZero();
    assertThat(world.bought).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void replacesNoMoreNodesAtATimeThanTheStackSays(int most) {
    fill(5);
    upgrade("v2", most);
    int ticks = 0;
    while (world.outdated() > 0 && ticks++ < 1_000) {
      world.step(TICK);
      assertThat(world.scene.machines)
          .filteredOn(each -> each.taints.contains(Keys.GPU_OUTDATED))
          .hasSizeLessThanOrEqualTo(most);
      assertThat(world.scene.machines).hasSizeLessThanOrEqualTo(5 + most);
    }

    assertThat(world.outdated()).isZero();
    assertThat(world.pending()).isLessThanOrEqualTo(1);
  }

  @Test
  void leavesNodesAsTheyAreWhereNoSurgeIsAllowed() {
    fill(2);
    upgrade("v2", 0);

    ticks(100);

    assertThat(world.outdated()).isEqualTo(2);
  }

  @Test
  void waitsForTheDisruptionBudgetAndUpgradesTheOthersMeanwhile() {
    fill(3);
    Pod guarded = world.scene.pods.getFirst();
    world.scene.budgets.add(GpuPods.budgetFor(guarded, 0));
    upgrade("v2", 1);

    ticks(300);

    assertThat(world.outdated()).isEqualTo(1);
    assertThat(world.scene.pods).contains(guarded);
    world.scene.budgets.clear();
    ticks(300);
    assertThat(world.outdated()).isZero();
  }

  @Test
  void replacesWithoutSurgeInAGroupThatMayNotGrow() {
    fill(2);
    world.scene.maxSize = 2;
    upgrade("v2", 1);

    ticks(600);

    assertThat(world.outdated()).isZero();
    assertThat(world.scene.machines).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void adoptsNodesOfWhichNobodyKnowsWhichVersionMadeThem() {
    fill(2);
    world.scene.machines.forEach(each -> each.annotations.remove(Keys.GPU_STACK_VERSION));
    upgrade("v2", 1);

    ticks(10);

    assertThat(world.scene.machines)
        .allMatch(each -> "v2".equals(each.annotations.get(Keys.GPU_STACK_VERSION)));
    assertThat(world.bought).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void alwaysProgressesWhileNodesComeGoAndFail(long seed) {
    Random random = new Random(seed);
    world.work = (_, _) -> Duration.ofSeconds(5 + random.nextInt(60));
    fill(6);
    upgrade("v2", 1);
    world.stuck = machine -> Math.floorMod(machine.id.hashCode() + seed, 5) == 0;
    Duration calm = Duration.ofHours(3);
    for (Duration passed = Duration.ZERO; passed.compareTo(calm) < 0; passed = passed.plus(TICK)) {
      churn(random);
      world.step(TICK);
    }
    world.stuck = _ -> false;
    for (int tick = 0; tick < 1_000 && world.outdated() > 0; tick++) {
      world.step(TICK);
    }

    assertThat(world.outdated()).as("seed %d", seed).isZero();
    assertThat(world.scene.maxSize)
        .as("never too many, seed %d", seed)
        .isGreaterThanOrEqualTo(world.scene.machines.size());
  }

  /** The cloud takes machines back, pods end, others come, and the daemon is started again. */
  private void churn(Random random) {
    if (random.nextInt(40) == 0 && !world.scene.machines.isEmpty()) {
      world.lose(world.scene.machines.get(random.nextInt(world.scene.machines.size())));
    }
    if (random.nextInt(20) == 0 && world.scene.pods.size() > 4) {
      world.scene.pods.remove(random.nextInt(world.scene.pods.size()));
    }
    if (random.nextInt(20) == 0 && world.scene.pods.size() < 8) {
      world.submit(GpuScene.DEVICES);
    }
    if (random.nextInt(50) == 0) {
      world.scene.restart();
    }
  }

  private void fill(int nodes) {
    world.scene.upgrade = new GpuStack.Upgrade("v1", 1);
    for (int node = 0; node < nodes; node++) {
      world.submit(GpuScene.DEVICES);
    }
    for (int tick = 0; tick < 200 && world.pending() > 0; tick++) {
      world.step(TICK);
    }
    assertThat(world.pending()).isZero();
  }

  private void upgrade(String version, int maxSurge) {
    world.scene.upgrade = new GpuStack.Upgrade(version, maxSurge);
  }

  private void ticks(int count) {
    for (int tick = 0; tick < count; tick++) {
      world.step(TICK);
    }
  }
}
