package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many GPU nodes at once, and nodes that never become one. */
class GpuBurstTest {
  private final GpuWorld world = new GpuWorld();

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 42})
  void buysNotOneNodeTooManyForAHundredThatTakeTheirTime(long seed) {
    Random random = new Random(seed);
    for (GpuPhase phase : GpuPhase.values()) {
      world.scene.deadlines.put(phase, Duration.ofMinutes(16));
    }
    world.scene.maxSize = 200;
    world.work = (_, _) -> Duration.ofSeconds(random.nextInt(15 * 60 + 1));
    for (int pod = 0; pod < 100; pod++) {
      world.submit(GpuScene.DEVICES);
    }
    int ticks = 0;
    while (world.pending() > 0 && ticks++ < 400) {
      world.step(Duration.ofSeconds(20));
      assertThat(world.bought).as("seed %d", seed).isEqualTo(100);
    }

    assertThat(world.pending()).as("seed %d", seed).isZero();
  }

  @Test
  void replacesANodeWhoseDevicesNeverAppearByItsDeadline() {
    world.stuck = machine -> machine.id.equals("m-0");
    world.submit(GpuScene.DEVICES);
    Duration bound = Duration.ZERO;
    for (GpuPhase phase : GpuPhase.values()) {
      bound = bound.plus(GpuDeadlines.defaultOf(phase));
    }
    Duration passed = Duration.ZERO;
    while (world.bought < 2 && passed.compareTo(bound.plusMinutes(2)) < 0) {
      world.step(Duration.ofSeconds(10));
      passed = passed.plusSeconds(10);
    }
    assertThat(world.bought).as("after %s", passed).isEqualTo(2);
    for (int tick = 0; tick < 100 && world.pending() > 0; tick++) {
      world.step(Duration.ofSeconds(10));
    }

    assertThat(world.pending()).isZero();
    assertThat(world.scene.machines).extracting(each -> each.id).containsExactly("m-1");
  }

  @Test
  void triesTheNextTypeWhenMachinesOfOneFailAgainAndAgain() {
    Variant other = new Variant("gpu.8x-b", "zone-a", Purchase.ON_DEMAND);
    world.scene.variants.add(other);
    world.stuck = machine -> machine.variant.equals(GpuScene.VARIANT);
    world.submit(GpuScene.DEVICES);

    int ticks = 0;
    while (world.pending() > 0 && ticks++ < 1_000) {
      world.step(Duration.ofSeconds(10));
    }

    assertThat(world.pending()).isZero();
    assertThat(world.bought).as("three of the first type, then one of the other").isEqualTo(4);
  }

  @Test
  void neverBuysWithoutEndWhereEveryMachineFailsAndSaysWhy() {
    world.stuck = _ -> true;
    world.submit(GpuScene.DEVICES);
    Set<String> rules = new HashSet<>();
    for (int tick = 0; tick < 6 * 360; tick++) {
      Decision decision = world.step(Duration.ofSeconds(10));
      decision
          .plans()
          .scaleUp()
          .unhelped()
          .forEach(pod -> pod.reasons().forEach(reason -> rules.add(reason.rule().title())));
    }

    assertThat(world.bought).as("in six hours").isLessThanOrEqualTo(6 * world.scene.maxAttempts);
    assertThat(rules).contains("GpuQuarantine");
    assertThat(world.scene.machines).as("one is kept as evidence").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void neverCountsOnANodeThatCannotOpen() {
    world.submit(GpuScene.DEVICES);
    for (int tick = 0;
        tick < 200
            && world.scene.machines.stream()
                .noneMatch(each -> each.finished.containsKey(GpuPhase.VALIDATING));
        tick++) {
      world.step(Duration.ofSeconds(10));
    }
    SceneMachine machine = world.scene.machines.getFirst();
    machine.devices = 0;
    machine.taints.add(Keys.GPU_NOT_READY);
    world.scene.pods.clear();
    world.submit(GpuScene.DEVICES);
    int ticks = 0;
    while (world.pending() > 0 && ticks++ < 400) {
      world.step(Duration.ofSeconds(10));
    }

    assertThat(world.pending()).isZero();
    assertThat(world.scene.machines).doesNotContain(machine);
  }
}
