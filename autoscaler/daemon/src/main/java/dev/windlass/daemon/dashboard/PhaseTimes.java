package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.NodeGroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long GPU bootstrap phases took, measured on machines that became ready. Bounded: the newest
 * starts of each group and phase. Not safe for several threads.
 */
final class PhaseTimes {
  /** Fewer measured starts say nothing about the next one. */
  static final int MIN_STARTS = 5;

  private static final int MAX_STARTS = 50;
  private static final int MAX_MACHINES = 5_000;

  private final Map<Key, Deque<Long>> seconds = new HashMap<>();
  private final Set<String> counted = new LinkedHashSet<>();

  /** A phase of a node group. */
  record Key(NodeGroupName group, GpuPhase phase) {}

  void add(GpuPlan plan) {
    for (GpuPlan.Machine machine : plan.machines()) {
      if (machine.progress().phase() == GpuPhase.READY && counted.add(machine.name())) {
        measure(machine);
      }
    }
    while (counted.size() > MAX_MACHINES) {
      counted.remove(counted.iterator().next());
    }
  }

  private void measure(GpuPlan.Machine machine) {
    List<GpuRow.Step> steps = GpuRow.steps(machine.progress());
    for (GpuRow.Step step : steps) {
      Instant end = step.endedAt();
      if (end != null) {
        Deque<Long> times =
            seconds.computeIfAbsent(
                new Key(machine.nodeGroup(), step.phase()), _ -> new ArrayDeque<>());
        times.addLast(Duration.between(step.startedAt(), end).toSeconds());
        if (times.size() > MAX_STARTS) {
          times.removeFirst();
        }
      }
    }
  }

  /** The median of each phase that has been measured often enough. */
  Map<Key, Long> medians() {
    Map<Key, Long> medians = new HashMap<>();
    seconds.forEach((key, times) -> {
      if (times.size() >= MIN_STARTS) {
        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        medians.put(key, sorted.get(sorted.size() / 2));
      }
    });
    return Map.copyOf(medians);
  }
}
