package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.NodeGroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Failures of each group since a machine of it last became ready, at most an hour back. They are
 * kept in the same memory as the machines, under keys of their own, so that a machine's failure
 * outlives the machine.
 */
final class GpuAttempts {
  /** How long a failure counts, and how long the last failed machine is kept as evidence. */
  static final Duration MEMORY = Duration.ofHours(1);

  private static final String PREFIX = "failed/";

  private GpuAttempts() {}

  /** When the failures in a row happened, by group, the newest first; a group without is absent. */
  static Map<String, List<Instant>> times(Map<String, PhaseStart> state, Instant now) {
    Map<String, List<Instant>> times = new TreeMap<>();
    state.forEach((key, failure) -> {
      if (key.startsWith(PREFIX) && counts(failure, now)) {
        String group = key.substring(PREFIX.length(), key.indexOf('/', PREFIX.length()));
        times.computeIfAbsent(group, _ -> new ArrayList<>()).add(failure.startedAt());
      }
    });
    times.values().forEach(each -> each.sort(Comparator.reverseOrder()));
    return times;
  }

  /** The failures to remember, by their keys, from the ones remembered and the machines now. */
  static Map<String, PhaseStart> next(
      Map<String, PhaseStart> before,
      Map<String, GpuMachine> machines,
      Map<String, PhaseStart> phases,
      Instant now) {
    Map<String, PhaseStart> next = new TreeMap<>();
    before.forEach((key, failure) -> {
      if (key.startsWith(PREFIX) && counts(failure, now)) {
        next.put(key, failure);
      }
    });
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null && phase.phase() == GpuPhase.FAILED && counts(phase, now)) {
        next.put(prefix(machine.group().name()) + key, phase);
      }
    });
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null && phase.phase() == GpuPhase.READY) {
        forgive(next, machine.group().name(), phase.startedAt());
      }
    });
    return next;
  }

  private static void forgive(
      Map<String, PhaseStart> failures, NodeGroupName group, Instant readyAt) {
    String prefix = prefix(group);
    failures
        .entrySet()
        .removeIf(entry ->
            entry.getKey().startsWith(prefix) && !entry.getValue().startedAt().isAfter(readyAt));
  }

  private static boolean counts(PhaseStart failure, Instant now) {
    return now.isBefore(failure.startedAt().plus(MEMORY));
  }

  private static String prefix(NodeGroupName group) {
    return PREFIX + group + "/";
  }
}
