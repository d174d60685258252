package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuInstrumentsTest {
  private static final Instant T0 = Instant.parse("2026-05-04T10:00:00Z");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final GpuInstruments instruments = new GpuInstruments(registry);

  @ParameterizedTest
  @CsvSource({
    "Launching, 60",
    "Registering, 40",
    "Driver, 75",
    "Runtime, 15",
    "DevicePlugin, 14",
    "Validating, 20",
  })
  void measuresEachPhaseOnceByGroupStackAndInstanceType(String phase, long seconds) {
    tick(machine(GpuPhase.DRIVER));
    tick(machine(GpuPhase.READY));
    tick(machine(GpuPhase.READY));

    Timer timer =
        registry
            .get("windlass.gpu.phase")
            .tags("group", "gpu-a", "stack", "cuda", "instance.type", "gpu.8x", "phase", phase)
            .timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo((double) seconds);
    assertThat(registry.get("windlass.gpu.ready").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(224);
  }

  @Test
  void doesNotMeasureMachinesThatWereReadyBefore() {
    tick(machine(GpuPhase.READY));
    tick(machine(GpuPhase.READY));

    assertThat(registry.find("windlass.gpu.phase").timers()).isEmpty();
  }

  @Test
  void countsAFailureOnceByThePhaseInWhichItHappened() {
    tick(machine(GpuPhase.FAILED));
    tick(machine(GpuPhase.FAILED));

    assertThat(registry.get("windlass.gpu.failures").tag("phase", "Driver").counter().count())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "windlass.dev/gpu-not-ready, true, 1",
    "windlass.dev/gpu-not-ready, false, 0",
    "windlass.dev/gpu-unhealthy, true, 0"
  })
  void countsTheStartupTaintsThatCameLate(String taint, boolean applied, double late) {
    Instruments all = new Instruments(registry, _ -> {});
    Action.ChangeGpuTaint change =
        new Action.ChangeGpuTaint(
            new NodeName("n-1"), Identity.NONE, taint, true, new TreeMap<>(), "it came without");

    all.outcome(
        applied
            ? new ActionOutcome.Applied(change)
            : new ActionOutcome.Refused(change, "the node has changed"));

    assertThat(
            registry.find("windlass.gpu.startup.taints.late").counters().stream()
                .mapToDouble(Counter::count)
                .sum())
        .isEqualTo(late);
  }

  private void tick(GpuPlan.Machine machine) {
    Instance instance =
        new Instance(
            new InstanceId("i-1"),
            new NodeGroupName("gpu-a"),
            new Variant("gpu.8x", "zone-a", Purchase.ON_DEMAND),
            Instance.State.RUNNING,
            T0,
            null);
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            ClusterSnapshot.Workloads.NONE,
            new ClusterSnapshot.Capacity(List.of(), List.of(), List.of(instance), List.of()),
            ClusterSnapshot.Scaling.NONE,
            ClusterSnapshot.Gpu.NONE,
            Map.of());
    instruments.ticked(snapshot, new GpuPlan(List.of(machine), List.of(), Map.of()));
  }

  private static GpuPlan.Machine machine(GpuPhase phase) {
    EnumMap<GpuPhase, Instant> started = new EnumMap<>(GpuPhase.class);
    List<Long> lengths = List.of(60L, 40L, 75L, 15L, 14L, 20L);
    Instant at = T0;
    int index = 0;
    for (GpuPhase each : EnumSet.range(GpuPhase.LAUNCHING, GpuPhase.VALIDATING)) {
      if (each.compareTo(phase) <= 0
          && (phase != GpuPhase.FAILED || each.compareTo(GpuPhase.DRIVER) <= 0)) {
        started.put(each, at);
      }
      at = at.plusSeconds(lengths.get(index++));
    }
    if (phase == GpuPhase.READY || phase == GpuPhase.FAILED) {
      started.put(phase, at);
    }
    GpuFailure failure =
        phase == GpuPhase.FAILED ? new GpuFailure(GpuPhase.DRIVER, "DriverTimedOut", "") : null;
    return new GpuPlan.Machine(
        "i-1",
        new InstanceId("i-1"),
        new NodeGroupName("gpu-a"),
        new GpuStackName("cuda"),
        new GpuPlan.Progress(phase, started, null, failure),
        null);
  }
}
