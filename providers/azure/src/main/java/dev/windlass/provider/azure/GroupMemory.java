package dev.windlass.provider.azure;

import dev.windlass.core.model.Instance;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is remembered of a group between readings: its machines, and what was said of them. */
final class GroupMemory {
  private final Object changes = new Object();
  private final Map<String, Instant> firstSeen = new HashMap<>();
  private final Set<String> reported = new HashSet<>();
  private List<Machine> machines = List.of();
  private String etag = "";
  private boolean known;
  private long listedIn;

  /** Held by the one change that is being made; a reading does not wait for it. */
  Object changes() {
    return changes;
  }

  /** Whether the machines that were listed last are those that a new list would show. */
  synchronized boolean holds(Group group) {
    return known
        && etag.equals(group.etag())
        && !group.moving()
        && machines.size() == group.target()
        && machines.stream().allMatch(each -> each.state() == Instance.State.RUNNING);
  }

  synchronized List<Machine> machines() {
    return machines;
  }

  synchronized void remember(Group group, List<Machine> listed, long reading) {
    machines = List.copyOf(listed);
    etag = group.etag();
    known = true;
    listedIn = reading;
    Set<String> present = new HashSet<>();
    listed.forEach(each -> present.add(each.id().incarnation()));
    firstSeen.keySet().retainAll(present);
    reported.retainAll(present);
  }

  /** The next reading lists the machines anew. */
  synchronized void forget() {
    known = false;
  }

  synchronized long listedIn() {
    return known ? listedIn : 0;
  }

  synchronized Instant firstSeen(Machine machine, Instant now) {
    return firstSeen.computeIfAbsent(machine.id().incarnation(), _ -> now);
  }

  /** Whether a machine's failure is said for the first time. */
  synchronized boolean reports(Machine machine) {
    return reported.add(machine.id().incarnation());
  }
}
