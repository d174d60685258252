package dev.windlass.engine;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long GPU machines take: {@code windlass.gpu.phase} for each phase and {@code
 * windlass.gpu.ready} from the order to the first GPU pod, by group, stack and instance type. A
 * machine is measured once, when it becomes ready; those that were so before this process are not.
 */
final class GpuInstruments {
  private static final List<Duration> BOUNDS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20));

  /** The phases that take time. */
  private static final List<GpuPhase> WORK =
      List.copyOf(EnumSet.range(GpuPhase.LAUNCHING, GpuPhase.VALIDATING));

  private final MeterRegistry registry;
  private @Nullable Set<String> ready;
  private Set<String> failed = Set.of();

  GpuInstruments(MeterRegistry registry) {
    this.registry = registry;
  }

  void ticked(ClusterSnapshot snapshot, GpuPlan plan) {
    Set<String> readyNow = new HashSet<>();
    Set<String> failedNow = new HashSet<>();
    Map<String, String> types = plan.machines().isEmpty() ? Map.of() : types(snapshot);
    for (GpuPlan.Machine machine : plan.machines()) {
      Instant readyAt = machine.progress().started().get(GpuPhase.READY);
      String key = machine.name() + " " + machine.progress().started().get(GpuPhase.LAUNCHING);
      if (machine.progress().phase() == GpuPhase.FAILED) {
        failedNow.add(key);
        if (!failed.contains(key)) {
          countFailure(machine);
        }
      } else if (readyAt != null) {
        readyNow.add(key);
        if (ready != null && !ready.contains(key)) {
          measure(machine, types.getOrDefault(machine.name(), ""), readyAt);
        }
      }
    }
    ready = readyNow;
    failed = failedNow;
  }

  /** Instance types by the names that machines have in the plan. */
  private static Map<String, String> types(ClusterSnapshot snapshot) {
    Map<String, String> byId = new HashMap<>();
    for (Instance instance : snapshot.capacity().instances()) {
      byId.put(instance.id().value(), instance.variant().instanceType());
    }
    Map<String, String> types = new HashMap<>(byId);
    for (Node node : snapshot.capacity().nodes()) {
      String label = node.labels().getOrDefault(Keys.INSTANCE_TYPE, "");
      types.put(node.name().value(), byId.getOrDefault(node.spec().providerId(), label));
    }
    return types;
  }

  private void measure(GpuPlan.Machine machine, String type, Instant readyAt) {
    Instant end = readyAt;
    Map<GpuPhase, Instant> started = machine.progress().started();
    for (GpuPhase phase : WORK.reversed()) {
      Instant start = started.get(phase);
      if (start != null) {
        timer("windlass.gpu.phase", machine, type, phase.title())
            .record(Duration.between(start, end));
        end = start;
      }
    }
    timer("windlass.gpu.ready", machine, type, GpuPhase.READY.title())
        .record(Duration.between(end, readyAt));
  }

  private Timer timer(String name, GpuPlan.Machine machine, String type, String phase) {
    return Timer.builder(name)
        .tag("group", machine.nodeGroup().value())
        .tag("stack", machine.stack().value())
        .tag("instance.type", type)
        .tag("phase", phase)
        .serviceLevelObjectives(BOUNDS.toArray(Duration[]::new))
        .register(registry);
  }

  private void countFailure(GpuPlan.Machine machine) {
    GpuFailure failure = machine.progress().failure();
    String phase = failure == null ? "" : failure.phase().title();
    registry
        .counter(
            "windlass.gpu.failures",
            "group",
            machine.nodeGroup().value(),
            "stack",
            machine.stack().value(),
            "phase",
            phase)
        .increment();
  }
}
