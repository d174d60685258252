package dev.windlass.provider.testkit.gcp;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups and machines, and what the cloud does with them by itself as time goes by. Guarded by the
 * fake that holds it; {@link #settle} brings it up to the clock.
 */
final class GceState {
  /** A group asks again for a machine that it could not get. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  private static final int FAILED_LATELY = 1_000_000;
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz0123456789";

  final VirtualClock clock;
  final Map<String, ManagedGroup> groups = new TreeMap<>();
  final Stock stock = new Stock();
  final GceOperations operations = new GceOperations();
  Duration boot = Duration.ofSeconds(40);
  Duration deletion = Duration.ofSeconds(30);
  Duration queue = Duration.ofMinutes(5);
  Duration lag = Duration.ZERO;
  private final Random random;
  private long machinesMade;

  GceState(VirtualClock clock, long seed) {
    this.clock = clock;
    this.random = new Random(seed);
  }

  Instant now() {
    return clock.instant();
  }

  ManagedGroup group(String id) {
    ManagedGroup group = groups.get(id);
    if (group == null) {
      throw RefusedException.notFound(id);
    }
    return group;
  }

  /** The group at an address. */
  ManagedGroup group(Route route) {
    return groups.values().stream()
        .filter(it -> it.name.equals(route.name()))
        .filter(it -> it.location.equals(route.location()))
        .filter(it -> it.project.equals(route.project()))
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound(route.groupPath()));
  }

  /** Everything that has become due happens. */
  void settle() {
    Instant now = now();
    for (ManagedGroup group : groups.values()) {
      group.resizeRequests.values().forEach(request -> advance(group, request, now));
      for (ManagedMachine machine : List.copyOf(group.machines.values())) {
        advance(group, machine, now);
      }
    }
  }

  private void advance(ManagedGroup group, ManagedMachine machine, Instant now) {
    if (machine.endsAt != null && !machine.endsAt.isAfter(now) && !machine.isLeaving()) {
      machine.delete(machine.endsAt.plus(deletion));
      group.target--;
    }
    if (machine.due.isAfter(now)) {
      return;
    }
    switch (machine.action) {
      case "DELETING" -> group.machines.remove(machine.name);
      case "NONE" -> {
        if (machine.status.equals("STOPPING")) {
          machine.recreate(machine.due);
          attempt(group, machine, now);
        }
      }
      default -> {
        if (machine.id == 0) {
          attempt(group, machine, now);
        }
        if (machine.id != 0 && !machine.due.isAfter(now)) {
          machine.action = "NONE";
          machine.status = "RUNNING";
        }
      }
    }
  }

  private void attempt(ManagedGroup group, ManagedMachine machine, Instant now) {
    stock
        .refusal(group.project, machine.variant, this::existing)
        .ifPresentOrElse(
            refused -> machine.fail(refused.code(), refused.message(), now.plus(RETRY)),
            () -> {
              machinesMade++;
              machine.create(4_000_000_000_000L + machinesMade, now, machine.due.plus(boot));
            });
  }

  private List<Variant> existing() {
    return groups.values().stream()
        .flatMap(group -> group.machines.values().stream())
        .filter(it -> it.id != 0)
        .map(it -> it.variant)
        .toList();
  }

  private void advance(ManagedGroup group, ResizeRequest request, Instant now) {
    if (request.state.equals("CREATING")) {
      request.state = "ACCEPTED";
    }
    if (!request.state.equals("ACCEPTED") || request.createdAt.plus(queue).isAfter(now)) {
      return;
    }
    Variant variant = choose(group);
    if (stock.isSoldOut(variant)) {
      return;
    }
    stock
        .refusal(group.project, variant, this::existing)
        .ifPresentOrElse(
            refused -> {
              request.state = "FAILED";
              request.errorCode = refused.code();
              request.errorMessage = refused.message();
            },
            () -> fulfil(group, request, now));
  }

  private void fulfil(ManagedGroup group, ResizeRequest request, Instant now) {
    request.state = "SUCCEEDED";
    for (int i = 0; i < request.resizeBy; i++) {
      add(group, freeName(group)).endsAt = now.plus(boot).plus(request.run);
    }
    group.target += request.resizeBy;
  }

  /** The machine stops now, and is gone at the end given; its group makes another. */
  void preempt(Place place, Instant end) {
    place.machine().status = "STOPPING";
    place.machine().due = end;
    Route route =
        new Route(
            "instances.preempt",
            place.group().project,
            new Location(place.machine().variant.zone()),
            place.machine().name,
            "",
            Map.of());
    operations.begin(
        route,
        "compute.instances.preempted",
        GroupJson.machinePath(place.group(), place.machine()),
        now(),
        null);
  }

  /** One more machine; the caller raises the target. */
  ManagedMachine add(ManagedGroup group, String name) {
    ManagedMachine machine = new ManagedMachine(name, choose(group), now());
    group.machines.put(name, machine);
    attempt(group, machine, now());
    return machine;
  }

  /**
   * A zone where nothing failed lately before others, then one with few machines, then the first: a
   * group learns that a zone is sold out when it tries.
   */
  private static Variant choose(ManagedGroup group) {
    Variant best = group.variants.getFirst();
    for (Variant each : group.variants) {
      if (group.zones().contains(each.zone()) && rank(group, each) < rank(group, best)) {
        best = each;
      }
    }
    return best;
  }

  private static long rank(ManagedGroup group, Variant variant) {
    long rank = 0;
    for (ManagedMachine machine : group.machines.values()) {
      if (machine.variant.zone().equals(variant.zone())) {
        rank += machine.errorCode.isEmpty() ? 1 : FAILED_LATELY;
      }
    }
    return rank;
  }

  /** What an absolute size does: the cloud names new machines, and chooses those that go. */
  void resize(ManagedGroup group, int size) {
    List<ManagedMachine> members = new ArrayList<>(group.machines.values());
    members.removeIf(ManagedMachine::isLeaving);
    members.sort(Comparator.comparing(ManagedMachine::isRunning));
    int surplus = Math.max(0, group.target - size);
    for (ManagedMachine victim : members.subList(0, Math.min(surplus, members.size()))) {
      delete(victim);
    }
    for (int i = group.target; i < size; i++) {
      add(group, freeName(group));
    }
    group.target = size;
  }

  void delete(ManagedMachine machine) {
    machine.delete(machine.id == 0 ? now() : now().plus(deletion));
  }

  private String freeName(ManagedGroup group) {
    String name;
    do {
      StringBuilder suffix = new StringBuilder();
      random.ints(4, 0, LETTERS.length()).forEach(at -> suffix.append(LETTERS.charAt(at)));
      name = group.name + "-" + suffix;
    } while (group.machines.containsKey(name));
    return name;
  }

  /** The place of a machine, found by its provider id; its incarnation must be there. */
  Place place(InstanceId id) {
    for (ManagedGroup group : groups.values()) {
      for (ManagedMachine machine : group.machines.values()) {
        if (providerId(group, machine).equals(id.value())) {
          return new Place(group, machine);
        }
      }
    }
    throw new IllegalArgumentException("no machine " + id);
  }

  static String providerId(ManagedGroup group, ManagedMachine machine) {
    return "gce://" + group.project + "/" + machine.variant.zone() + "/" + machine.name;
  }

  /** A machine and its group. */
  record Place(ManagedGroup group, ManagedMachine machine) {}

  /** Machines of a project's zone, by name; null when there is no such virtual machine. */
  @Nullable Place virtualMachine(String project, String zone, String name) {
    return virtualMachines(project, zone).stream()
        .filter(it -> it.machine().name.equals(name))
        .findFirst()
        .orElse(null);
  }

  List<Place> virtualMachines(String project, String zone) {
    return groups.values().stream()
        .filter(group -> group.project.equals(project))
        .flatMap(
            group -> group.machines.values().stream().map(machine -> new Place(group, machine)))
        .filter(it -> it.machine().id != 0 && it.machine().variant.zone().equals(zone))
        .toList();
  }
}
