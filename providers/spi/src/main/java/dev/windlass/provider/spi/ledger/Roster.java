package dev.windlass.provider.spi.ledger;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The machines of a group: what lists say, held against what was asked for. A machine is gone when
 * two readings in a row miss it, or when one misses it whose deletion was taken.
 */
final class Roster {
  /** So many machines may be missing at once without a doubt about the reading itself. */
  private static final int FEW = 1;

  private final LedgerRules rules;

  /** What readings showed, machines that the last one missed included. */
  private final Map<InstanceId, Instance> machines = new TreeMap<>();

  private final Set<InstanceId> missing = new TreeSet<>();
  private final Map<InstanceId, Instance> expected = new TreeMap<>();
  private final Map<InstanceId, Instant> leaving = new TreeMap<>();
  private final Map<InstanceId, Instant> gone = new TreeMap<>();

  Roster(LedgerRules rules) {
    this.rules = rules;
  }

  /**
   * Takes a list in.
   *
   * @return false when so much is missing from it for the first time that it is not to be believed
   */
  boolean accept(List<Instance> listed, Instant begun) {
    Map<InstanceId, Instance> seen = new TreeMap<>();
    listed.forEach(machine -> seen.put(machine.id(), machine));
    int known = machines.size();
    List<InstanceId> newlyMissing = new ArrayList<>();
    for (InstanceId id : List.copyOf(machines.keySet())) {
      if (seen.containsKey(id)) {
        missing.remove(id);
      } else if (missing.contains(id) || leaving.containsKey(id)) {
        forget(id, begun);
      } else {
        newlyMissing.add(id);
      }
    }
    missing.addAll(newlyMissing);
    machines.putAll(seen);
    seen.keySet().forEach(gone::remove);
    expected.keySet().removeAll(seen.keySet());
    expire(begun);
    return newlyMissing.size() <= FEW || newlyMissing.size() * 2 <= known;
  }

  private void forget(InstanceId id, Instant at) {
    machines.remove(id);
    missing.remove(id);
    gone.put(id, at);
  }

  private void expire(Instant now) {
    expected.values().removeIf(machine -> isOver(machine.createdAt(), rules.expected(), now));
    leaving.values().removeIf(since -> isOver(since, rules.leaving(), now));
    gone.values().removeIf(since -> isOver(since, rules.leaving(), now));
  }

  private static boolean isOver(Instant since, Duration time, Instant now) {
    return since.plus(time).isBefore(now);
  }

  void expect(Collection<Instance> launched) {
    for (Instance machine : launched) {
      if (!machines.containsKey(machine.id())) {
        expected.put(machine.id(), machine);
      }
    }
  }

  void leave(InstanceId id, Instant at) {
    leaving.put(id, at);
  }

  boolean isLeaving(InstanceId id) {
    return leaving.containsKey(id);
  }

  Set<InstanceId> gone() {
    return gone.keySet();
  }

  List<Instance> machines(Instant now) {
    List<Instance> believed = new ArrayList<>(machines.values());
    expected.values().stream()
        .filter(machine -> !isOver(machine.createdAt(), rules.expected(), now))
        .forEach(believed::add);
    return believed.stream().map(this::asItLeaves).toList();
  }

  private Instance asItLeaves(Instance machine) {
    return leaving.containsKey(machine.id())
        ? new Instance(
            machine.id(),
            machine.group(),
            machine.variant(),
            Instance.State.DELETING,
            machine.createdAt(),
            machine.error(),
            machine.endsAt())
        : machine;
  }
}
