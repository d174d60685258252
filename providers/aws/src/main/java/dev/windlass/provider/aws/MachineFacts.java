package dev.windlass.provider.aws;

import dev.windlass.core.model.Purchase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/**
 * What only EC2 knows of a region's machines and what never changes: when each was launched, how it
 * is paid for, and when its capacity block ends. A machine is asked for until EC2 knows it, then
 * never again.
 */
final class MachineFacts {
  /** EC2 begins to terminate the machines of a block this long before its end. */
  private static final Duration BLOCK_CLEARED = Duration.ofMinutes(30);

  private static final String GROUP_TAG = "tag:aws:autoscaling:groupName";

  private final InstantSource clock;
  private final Map<String, Fact> known = new ConcurrentHashMap<>();
  private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

  /** One machine's. */
  record Fact(Instant launchedAt, String zone, Purchase purchase, @Nullable Instant endsAt) {}

  MachineFacts(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Learns what is not known yet of the machines of these groups; throws after all that could be
   * read is learned.
   */
  void learn(Map<String, List<String>> machinesByGroup, ComputeCalls calls) {
    Set<String> missing =
        machinesByGroup.values().stream()
            .flatMap(List::stream)
            .filter(id -> !known.containsKey(id))
            .collect(Collectors.toSet());
    if (missing.isEmpty()) {
      return;
    }
    CallFailedException failure = null;
    Question question = Question.of(missing, machinesByGroup);
    for (List<String> some : Chunks.of(question.values, ComputeCalls.MAX_FILTER_VALUES)) {
      try {
        List<Instance> found = new ArrayList<>(calls.machines(question.filter, some));
        found.removeIf(machine -> !missing.contains(machine.instanceId()));
        keep(found, calls);
      } catch (CallFailedException failed) {
        failure = failed;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void keep(List<Instance> found, ComputeCalls calls) {
    Map<String, Instant> ends = blockEnds(found, calls);
    for (Instance machine : found) {
      if (machine.launchTime() != null) {
        String reservation = machine.capacityReservationId();
        Instant endsAt = reservation == null ? null : ends.get(reservation);
        known.put(
            machine.instanceId(),
            new Fact(machine.launchTime(), zone(machine), purchase(machine), endsAt));
      }
    }
  }

  /** Whether EC2 has told of all of these. */
  boolean knowsAll(List<String> machines) {
    return known.keySet().containsAll(machines);
  }

  /** Forgets all machines but these. */
  void retain(Set<String> machines) {
    known.keySet().retainAll(machines);
    firstSeen.keySet().retainAll(machines);
  }

  /** A filter and its values. */
  private record Question(String filter, List<String> values) {
    /** By id if few are missing, else by group: whichever takes fewer requests. */
    static Question of(Set<String> missing, Map<String, List<String>> machinesByGroup) {
      List<String> groups =
          machinesByGroup.entrySet().stream()
              .filter(each -> each.getValue().stream().anyMatch(missing::contains))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      int pagesByGroup = 0;
      for (List<String> some : Chunks.of(groups, ComputeCalls.MAX_FILTER_VALUES)) {
        int machines = some.stream().mapToInt(each -> machines(machinesByGroup, each)).sum();
        pagesByGroup += pages(machines, ComputeCalls.MACHINES_ON_PAGE);
      }
      return pages(missing.size(), ComputeCalls.MAX_FILTER_VALUES) <= pagesByGroup
          ? new Question("instance-id", missing.stream().sorted().toList())
          : new Question(GROUP_TAG, groups);
    }
  }

  private static int machines(Map<String, List<String>> machinesByGroup, String group) {
    return machinesByGroup.getOrDefault(group, List.of()).size();
  }

  private static int pages(int items, int size) {
    return (items + size - 1) / size;
  }

  private static Map<String, Instant> blockEnds(List<Instance> machines, ComputeCalls calls) {
    Set<String> blocks = new HashSet<>();
    for (Instance machine : machines) {
      if (machine.instanceLifecycle() == InstanceLifecycleType.CAPACITY_BLOCK
          && machine.capacityReservationId() != null) {
        blocks.add(machine.capacityReservationId());
      }
    }
    if (blocks.isEmpty()) {
      return Map.of();
    }
    return calls.reservations("capacity-reservation-id", blocks).stream()
        .filter(block -> block.endDate() != null && blocks.contains(block.capacityReservationId()))
        .collect(
            Collectors.toMap(
                CapacityReservation::capacityReservationId,
                block -> block.endDate().minus(BLOCK_CLEARED),
                (one, same) -> one));
  }

  /**
   * The facts of one machine. If EC2 does not show it yet, which happens in the first seconds of
   * its life: since when we have seen it, and the purchase that is given.
   */
  Fact of(String id, Purchase likely) {
    Fact fact = known.get(id);
    return fact == null
        ? new Fact(firstSeen.computeIfAbsent(id, _ -> clock.instant()), "", likely, null)
        : fact;
  }

  /** The zone of a machine; empty if it is not known. */
  Optional<String> zone(String id) {
    return Optional.ofNullable(known.get(id)).map(Fact::zone).filter(zone -> !zone.isEmpty());
  }

  private static String zone(Instance machine) {
    return machine.placement() == null || machine.placement().availabilityZone() == null
        ? ""
        : machine.placement().availabilityZone();
  }

  private static Purchase purchase(Instance machine) {
    return machine.instanceLifecycle() == InstanceLifecycleType.SPOT
        ? Purchase.SPOT
        : Purchase.ON_DEMAND;
  }
}
