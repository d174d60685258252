package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Auto Scaling does by itself: it launches what is missing and spreads it over the zones,
 * tries again after a failure, deletes what is too much, and lets machines boot and go in their
 * times.
 */
final class Scaling {
  private static final Duration RETRY = Duration.ofMinutes(1);

  final Map<String, AwsGroup> groups = new TreeMap<>();
  final Market market = new Market();
  Duration boot = Duration.ofSeconds(30);
  Duration deletion = Duration.ofSeconds(30);

  private final VirtualClock clock;
  private final Map<String, Instant> retries = new TreeMap<>();
  private int lastMachine;
  private int lastActivity;

  Scaling(VirtualClock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Every machine of every group. */
  Collection<AwsMachine> machines() {
    return groups.values().stream().flatMap(group -> group.machines.values().stream()).toList();
  }

  /** Does what was due until now. */
  void settle() {
    for (AwsGroup group : groups.values()) {
      if (!group.frozen) {
        List.copyOf(group.machines.values()).forEach(machine -> progress(group, machine));
        launchMissing(group);
        deleteSurplus(group);
      }
    }
  }

  private void progress(AwsGroup group, AwsMachine machine) {
    if (machine.takenAt != null && !now().isBefore(machine.takenAt) && !machine.isLeaving()) {
      terminate(group, machine, "taken back");
    }
    if (machine.changesAt == null || now().isBefore(machine.changesAt)) {
      return;
    }
    machine.changesAt = null;
    if (machine.state.equals(AwsMachine.PENDING)) {
      machine.state = group.launchHook ? "Pending:Wait" : AwsMachine.IN_SERVICE;
    } else if (group.terminateHook) {
      machine.state = "Terminating:Wait";
    } else {
      group.machines.remove(machine.id);
    }
  }

  private void launchMissing(AwsGroup group) {
    Instant retry = retries.getOrDefault(group.name, Instant.MIN);
    if (group.suspended.contains("Launch") || now().isBefore(retry)) {
      return;
    }
    while (group.size() < group.desired) {
      if (!launchAnywhere(group)) {
        retries.put(group.name, now().plus(RETRY));
        return;
      }
    }
  }

  /** Tries the emptiest zone first; each zone that has nothing leaves a failed activity. */
  private boolean launchAnywhere(AwsGroup group) {
    List<String> zones =
        group.zones().stream()
            .sorted(Comparator.comparingLong(zone -> inZone(group, zone)))
            .toList();
    for (String zone : zones) {
      List<Denial> denials = new ArrayList<>();
      if (launch(group, zone, denials).isPresent()) {
        return true;
      }
      denials.stream().limit(1).forEach(denial -> fail(group, denial));
    }
    return false;
  }

  private static long inZone(AwsGroup group, String zone) {
    return group.machines.values().stream()
        .filter(machine -> machine.counts() && machine.variant.zone().equals(zone))
        .count();
  }

  /** Launches one machine in a zone, of the first type that can be had. */
  Optional<AwsMachine> launch(AwsGroup group, String zone, List<Denial> denials) {
    Purchase purchase = nextPurchase(group);
    for (Variant variant : group.variants) {
      if (!variant.zone().equals(zone) || variant.purchase() != purchase) {
        continue;
      }
      Optional<Denial> denial = market.denial(variant, machines());
      if (denial.isEmpty()) {
        return Optional.of(start(group, variant));
      }
      denials.add(denial.get());
    }
    return Optional.empty();
  }

  /** Half of a group that may have both is on demand, and the first is. */
  private static Purchase nextPurchase(AwsGroup group) {
    if (group.purchases().size() == 1) {
      return group.purchases().iterator().next();
    }
    long spot = group.machines.values().stream().filter(AwsMachine::isSpot).count();
    return spot * 2 < group.machines.size() ? Purchase.SPOT : Purchase.ON_DEMAND;
  }

  private AwsMachine start(AwsGroup group, Variant variant) {
    lastMachine++;
    AwsMachine machine =
        new AwsMachine(
            "i-" + String.format("%017x", lastMachine), variant, AwsMachine.PENDING, now());
    machine.changesAt = now().plus(boot);
    machine.reservation = group.template.reservation();
    machine.inBlock = group.template.capacityBlock();
    group.machines.put(machine.id, machine);
    note(group, "Successful", "", variant.zone());
    return machine;
  }

  private void fail(AwsGroup group, Denial denial) {
    note(
        group,
        "Failed",
        denial.message() + " Launching EC2 instance failed.",
        denial.variant().zone());
  }

  private void note(AwsGroup group, String status, String message, String zone) {
    lastActivity++;
    group.add(new AwsActivity("activity-" + lastActivity, status, message, zone, now()));
  }

  /** Auto Scaling chooses: the oldest that is not protected goes. */
  private void deleteSurplus(AwsGroup group) {
    if (group.suspended.contains("Terminate")) {
      return;
    }
    while (group.size() > group.desired) {
      Optional<AwsMachine> oldest =
          group.machines.values().stream()
              .filter(machine -> machine.counts() && !machine.isProtected)
              .findFirst();
      if (oldest.isEmpty()) {
        return;
      }
      terminate(group, oldest.get(), "surplus");
    }
  }

  void terminate(AwsGroup group, AwsMachine machine, String why) {
    machine.state = AwsMachine.TERMINATING;
    machine.changesAt = now().plus(deletion);
    note(group, "InProgress", "Terminating EC2 instance " + machine.id + ": " + why, "");
  }

  /** Machines that are being created and of which there are none any more fail. */
  void failSoldOut() {
    for (AwsGroup group : groups.values()) {
      for (AwsMachine machine : List.copyOf(group.machines.values())) {
        if (machine.state.equals(AwsMachine.PENDING) && market.isSoldOut(machine.variant)) {
          group.machines.remove(machine.id);
          fail(group, Market.stockout(machine.variant));
          retries.put(group.name, now().plus(RETRY));
        }
      }
    }
  }
}
