package dev.windlass.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a bootstrap costs over the work of machine, driver and agent, in virtual time with the
 * daemon's own pace: a change is seen after 100 ms, gathered for 100 ms more, and what was decided
 * is done after another 100 ms; without any change there is a tick every ten seconds.
 */
class GpuOverheadTest {
  private static final Duration HOP = Duration.ofMillis(100);
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Map<GpuPhase, Duration> WORK =
      new EnumMap<>(
          Map.of(
              GpuPhase.LAUNCHING, Duration.ofSeconds(60),
              GpuPhase.REGISTERING, Duration.ofSeconds(40),
              GpuPhase.DRIVER, Duration.ofSeconds(75),
              GpuPhase.RUNTIME, Duration.ofSeconds(15),
              GpuPhase.DEVICE_PLUGIN, Duration.ofSeconds(15),
              GpuPhase.VALIDATING, Duration.ofSeconds(20)));

  private final GpuWorld world = new GpuWorld();

  @Test
  void costsLessThanFiveSecondsOverTheWorkItself() {
    assertThat(overhead(true)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void wouldCostMoreIfItOnlyLookedNowAndThen() {
    assertThat(overhead(false)).isGreaterThan(Duration.ofSeconds(5));
  }

  /** From the pod that needs the node to the open node, less the work. */
  private Duration overhead(boolean wakesUp) {
    world.work = (_, phase) -> WORK.getOrDefault(phase, Duration.ZERO);
    world.submit(GpuScene.DEVICES);
    Instant begin = world.scene.now;
    Instant next = begin;
    String before = "";
    while (world.pending() > 0 && Duration.between(begin, world.scene.now).toMinutes() < 30) {
      world.scene.after(HOP);
      world.act();
      String seen = world.visible();
      if (wakesUp && !seen.equals(before)) {
        Instant soon = world.scene.now.plus(HOP.multipliedBy(3));
        next = soon.isBefore(next) ? soon : next;
      }
      before = seen;
      if (!world.scene.now.isBefore(next)) {
        world.decide();
        next = world.scene.now.plus(INTERVAL);
      }
    }
    Duration work = WORK.values().stream().reduce(Duration.ZERO, Duration::plus);
    return Duration.between(begin, world.scene.now).minus(work);
  }
}
