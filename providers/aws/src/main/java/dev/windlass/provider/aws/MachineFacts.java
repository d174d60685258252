package dev.windlass.provider.aws;

import dev.windlass.core.model.Purchase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;

/**
 * What only EC2 knows of a group's machines and what never changes: when each was launched and how
 * it is paid for. A machine is asked for until EC2 knows it, then never again.
 */
final class MachineFacts {
  private final InstantSource clock;
  private final Map<String, Fact> known = new HashMap<>();
  private final Map<String, Instant> firstSeen = new HashMap<>();

  /** One machine's. */
  record Fact(Instant launchedAt, Purchase purchase) {}

  MachineFacts(InstantSource clock) {
    this.clock = clock;
  }

  /** Learns what is not known yet of these machines, and forgets all others. */
  void learn(List<String> ids, RegionCalls calls) {
    Set<String> members = Set.copyOf(ids);
    known.keySet().retainAll(members);
    firstSeen.keySet().retainAll(members);
    List<String> missing = ids.stream().filter(id -> !known.containsKey(id)).toList();
    for (Instance machine : calls.machines(missing)) {
      if (members.contains(machine.instanceId()) && machine.launchTime() != null) {
        known.put(machine.instanceId(), new Fact(machine.launchTime(), purchase(machine)));
      }
    }
  }

  /**
   * The facts of one machine. If EC2 does not show it yet, which happens in the first seconds of
   * its life: since when we have seen it, and the purchase that is given.
   */
  Fact of(String id, Purchase likely) {
    Fact fact = known.get(id);
    return fact == null
        ? new Fact(firstSeen.computeIfAbsent(id, _ -> clock.instant()), likely)
        : fact;
  }

  private static Purchase purchase(Instance machine) {
    return machine.instanceLifecycle() == InstanceLifecycleType.SPOT
        ? Purchase.SPOT
        : Purchase.ON_DEMAND;
  }
}
