package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmNodesTest {
  private final GpuWorld world = new GpuWorld();

  @Test
  void keepsAFreeNodeBesideThoseInUse() {
    world.scene.warmNodes = 1;
    ticks(100);
    assertThat(world.scene.machines).as("warm before there is any pod").hasSize(1);

    world.submit(GpuScene.DEVICES);
    world.step(Duration.ofSeconds(10));
    assertThat(world.pending()).as("the pod starts at once").isZero();
    ticks(400);

    assertThat(world.bought).as("the next one was bought, and stays").isEqualTo(2);
    assertThat(world.scene.machines).hasSize(2);
  }

  @Test
  void letsTheNodeGoWhenTheSettingDoes() {
    world.scene.warmNodes = 1;
    ticks(100);
    world.scene.warmNodes = 0;

    ticks(400);

    assertThat(world.scene.machines).isEmpty();
  }

  private void ticks(int count) {
    for (int tick = 0; tick < count; tick++) {
      world.step(Duration.ofSeconds(10));
    }
  }
}
