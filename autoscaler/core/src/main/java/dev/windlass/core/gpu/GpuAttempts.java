package dev.windlass.core.gpu;

import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.NodeGroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Failures of each kind of machine since one of it last became ready, at most an hour back. A kind
 * is a group, which stands for its machine image, an instance type and a version of the stack. They
 * are kept in the same memory as the machines, under keys of their own, so that a machine's failure
 * outlives the machine, and noted at their group, so that they outlive this process.
 */
final class GpuAttempts {
  /** How long a failure counts, and how long the last failed machine is kept as evidence. */
  static final Duration MEMORY = Duration.ofHours(1);

  private static final String PREFIX = "failed/";

  private GpuAttempts() {}

  /** When the failures in a row happened, by kind, the newest first; a kind without is absent. */
  static Map<String, List<Instant>> times(Map<String, PhaseStart> state, Instant now) {
    Map<String, List<Instant>> times = new TreeMap<>();
    state.forEach((key, failure) -> {
      if (key.startsWith(PREFIX) && counts(failure, now)) {
        int type = key.indexOf('/', PREFIX.length()) + 1;
        String kind = key.substring(PREFIX.length(), key.indexOf('/', type));
        times.computeIfAbsent(kind, _ -> new ArrayList<>()).add(failure.startedAt());
      }
    });
    times.values().forEach(each -> each.sort(Comparator.reverseOrder()));
    return times;
  }

  /**
   * The failures to remember, by their keys, from the ones remembered or noted and the machines
   * now.
   */
  static Map<String, PhaseStart> next(
      Map<String, PhaseStart> remembered,
      List<GpuFailedMachine> noted,
      Map<String, GpuMachine> machines,
      Map<String, PhaseStart> phases,
      Instant now) {
    Map<String, PhaseStart> before = new TreeMap<>(remembered);
    for (GpuFailedMachine each : noted) {
      String key = PREFIX + each.group() + "/" + each.kind() + "/" + each.machine();
      before.putIfAbsent(key, new PhaseStart(GpuPhase.FAILED, each.at(), Map.of(), null));
    }
    Map<String, PhaseStart> next = new TreeMap<>();
    before.forEach((key, failure) -> {
      if (key.startsWith(PREFIX) && counts(failure, now)) {
        next.put(key, failure);
      }
    });
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null && phase.phase() == GpuPhase.FAILED && counts(phase, now)) {
        next.put(prefix(machine) + key, phase);
      }
    });
    phases.forEach((key, phase) -> {
      GpuMachine machine = machines.get(key);
      if (machine != null && phase.phase() == GpuPhase.READY) {
        forgive(next, prefix(machine), phase.startedAt());
      }
    });
    return next;
  }

  /** The same failures as they are noted at their groups. */
  static List<GpuFailedMachine> noted(Map<String, PhaseStart> failures) {
    List<GpuFailedMachine> noted = new ArrayList<>();
    failures.forEach((key, failure) -> {
      if (key.startsWith(PREFIX)) {
        String[] parts = key.substring(PREFIX.length()).split("/", 3);
        NodeGroupName group = new NodeGroupName(parts[0]);
        noted.add(new GpuFailedMachine(group, parts[1], parts[2], failure.startedAt()));
      }
    });
    return noted;
  }

  private static void forgive(Map<String, PhaseStart> failures, String prefix, Instant readyAt) {
    failures
        .entrySet()
        .removeIf(entry ->
            entry.getKey().startsWith(prefix) && !entry.getValue().startedAt().isAfter(readyAt));
  }

  private static boolean counts(PhaseStart failure, Instant now) {
    return now.isBefore(failure.startedAt().plus(MEMORY));
  }

  /** The name of a machine's kind. */
  static String kind(GpuMachine machine) {
    return kind(machine.group().name(), machine.instanceType(), machine.stack());
  }

  /** The name of a kind. */
  static String kind(NodeGroupName group, String instanceType, GpuStack stack) {
    return group + "/" + instanceType.replace('/', '_') + "@" + stack.upgrade().version();
  }

  private static String prefix(GpuMachine machine) {
    return PREFIX + kind(machine) + "/";
  }
}
