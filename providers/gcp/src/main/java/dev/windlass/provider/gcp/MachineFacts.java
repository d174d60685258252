package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Scheduling;
import dev.windlass.core.model.Purchase;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What groups do not say of their machines and what never changes: type, purchase, birth, end. A
 * few unknown machines are asked for one by one, more of them by the list of their zone. Facts that
 * cannot be read are missing until the next reading.
 */
final class MachineFacts {
  private static final int FEW = 4;
  private static final int MAX_KEPT = 100_000;

  private final ComputeCalls calls;
  private final Map<Long, Fact> known = new ConcurrentHashMap<>();

  MachineFacts(ComputeCalls calls) {
    this.calls = calls;
  }

  /** One virtual machine's. */
  record Fact(String type, Purchase purchase, Instant createdAt, @Nullable Instant endsAt) {}

  /** A virtual machine by its numeric id. */
  record Machine(MachineId place, long id) {}

  Optional<Fact> of(long id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Forgets all when there are too many, most of them of machines that are gone. */
  void bound() {
    if (known.size() > MAX_KEPT) {
      known.clear();
    }
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** Learns everything of whole zones; their names are empty. */
  void learnZones(Collection<MachineId> zones) {
    Parallel.each(zones, it -> learn(() -> readZone(it)));
  }

  /** Learns what is not known yet of these. */
  void learn(Collection<Machine> machines) {
    Map<MachineId, List<Machine>> byZone =
        machines.stream()
            .filter(it -> !known.containsKey(it.id()))
            .collect(
                Collectors.groupingBy(
                    it -> new MachineId(it.place().project(), it.place().zone(), "")));
    Parallel.each(
        byZone.entrySet(),
        it ->
            learn(() -> {
              if (it.getValue().size() > FEW) {
                readZone(it.getKey());
              } else {
                it.getValue().forEach(each -> note(calls.machine(each.place())));
              }
            }));
  }

  private void readZone(MachineId zone) {
    calls.machines(zone.project(), zone.zone()).forEach(this::note);
  }

  /** A machine without facts is shown as its group's offerings let expect it. */
  private static void learn(Runnable reading) {
    try {
      reading.run();
    } catch (CallFailedException _) {
      // What is not known now is asked for at the next reading.
    }
  }

  private void note(Instance machine) {
    try {
      known.put(machine.getId(), fact(machine));
    } catch (DateTimeException _) {
      known.remove(machine.getId());
    }
  }

  private static Fact fact(Instance machine) {
    Scheduling scheduling = machine.getScheduling();
    Instant createdAt = time(machine.getCreationTimestamp());
    return new Fact(
        type(machine),
        isSpot(scheduling) ? Purchase.SPOT : Purchase.ON_DEMAND,
        createdAt,
        end(scheduling, createdAt));
  }

  static boolean isSpot(Scheduling scheduling) {
    return scheduling.getProvisioningModel().equals("SPOT") || scheduling.getPreemptible();
  }

  private static String type(Instance machine) {
    String type = Location.last(machine.getMachineType());
    if (machine.getGuestAcceleratorsCount() == 0 || GpuNames.ofType(type).isPresent()) {
      return type;
    }
    AcceleratorConfig attached = machine.getGuestAccelerators(0);
    return GpuNames.withAttached(
        type, Location.last(attached.getAcceleratorType()), attached.getAcceleratorCount());
  }

  private static @Nullable Instant end(Scheduling scheduling, Instant createdAt) {
    if (!scheduling.getTerminationTime().isEmpty()) {
      return time(scheduling.getTerminationTime());
    }
    return scheduling.hasMaxRunDuration()
        ? createdAt.plusSeconds(scheduling.getMaxRunDuration().getSeconds())
        : null;
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
