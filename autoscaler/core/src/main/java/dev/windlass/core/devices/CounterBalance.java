package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.devices.NodeDevices.Pool;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of the shared counters of each pool. Devices that claims share take nothing once
 * they are allocated, as in kube-scheduler 1.36.
 */
final class CounterBalance {
  private final DeviceLedger ledger;
  private final IdentityHashMap<Pool, Map<String, Map<String, BigDecimal>>> left =
      new IdentityHashMap<>();

  CounterBalance(DeviceLedger ledger) {
    this.ledger = ledger;
  }

  /** Takes what a device consumes; when a counter of the pool does not allow that, nothing. */
  boolean take(Pool pool, Candidate candidate) {
    Map<String, Map<String, BigDecimal>> counters = counters(pool);
    subtract(candidate, counters);
    boolean enough =
        counters.values().stream()
            .flatMap(set -> set.values().stream())
            .allMatch(amount -> amount.signum() >= 0);
    if (!enough) {
      release(pool, candidate);
    }
    return enough;
  }

  /** Gives back what a device consumed. */
  void release(Pool pool, Candidate candidate) {
    Map<String, Map<String, BigDecimal>> counters = counters(pool);
    candidate.device().consumes().forEach((set, amounts) -> change(counters, set, amounts, 1));
  }

  private Map<String, Map<String, BigDecimal>> counters(Pool pool) {
    return left.computeIfAbsent(pool, this::available);
  }

  private Map<String, Map<String, BigDecimal>> available(Pool pool) {
    Map<String, Map<String, BigDecimal>> counters = new HashMap<>();
    pool.counters().forEach((set, amounts) -> counters.put(set, new HashMap<>(amounts)));
    for (List<Candidate> devices : List.of(pool.candidates(), pool.elsewhere())) {
      for (Candidate device : devices) {
        if (ledger.isTaken(device.id())) {
          subtract(device, counters);
        }
      }
    }
    return counters;
  }

  private static void subtract(Candidate candidate, Map<String, Map<String, BigDecimal>> counters) {
    candidate.device().consumes().forEach((set, amounts) -> change(counters, set, amounts, -1));
  }

  private static void change(
      Map<String, Map<String, BigDecimal>> counters,
      String set,
      Map<String, BigDecimal> amounts,
      int sign) {
    Map<String, BigDecimal> known = counters.getOrDefault(set, Map.of());
    amounts.forEach((name, amount) -> {
      BigDecimal before = known.get(name);
      if (before != null) {
        known.put(name, sign > 0 ? before.add(amount) : before.subtract(amount));
      }
    });
  }
}
