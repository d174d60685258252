package dev.windlass.simulations.arena;

import java.time.Duration;
import java.util.List;

/**
 * What came of one play.
 *
 * @param workload what was played
 * @param settings the daemon's
 * @param waits of the pods
 * @param machines bought and left
 * @param cost in US dollars
 * @param traffic of the daemon
 * @param reasons what the daemon said of the pods that were asked about
 */
record Result(
    Workload workload,
    Settings settings,
    Waits waits,
    Purchases machines,
    Cost cost,
    Traffic traffic,
    List<String> reasons) {
  Result {
    reasons = List.copyOf(reasons);
  }

  /**
   * From a pod's arrival on.
   *
   * @param running until it ran, of those that did
   * @param own of the n-th pod until the n-th place was ordered, of those before any pod ran: what
   *     the daemon adds to the boot
   * @param neverRan pods that did not run
   */
  record Waits(Spread running, Spread own, int neverRan) {}

  /** The median and the longest of some durations; zero of none. */
  record Spread(Duration median, Duration longest) {
    static Spread of(List<Duration> durations) {
      List<Duration> sorted = durations.stream().sorted().toList();
      return sorted.isEmpty()
          ? new Spread(Duration.ZERO, Duration.ZERO)
          : new Spread(sorted.get(sorted.size() / 2), sorted.getLast());
    }
  }

  /**
   * Machines.
   *
   * @param bought ordered and sold
   * @param late of them, those ordered after the first pod ran: for pods that came later, or that
   *     kube-scheduler put elsewhere than planned
   * @param unused of them, on which no pod of the workload ever ran
   * @param left at the end
   */
  record Purchases(int bought, int late, int unused, int left) {}

  /**
   * Money, in US dollars.
   *
   * @param plateau an hour, when all pods ran
   * @param bound the least an hour that machines for the same pods can cost; 0 where there is none
   * @param script for the whole play
   */
  record Cost(double plateau, double bound, double script) {}

  /**
   * What the daemon took of the cluster and the machine during the play.
   *
   * @param evicted evictions granted
   * @param refused evictions that a budget refused
   * @param calls of the API server
   * @param cpu processor time
   * @param startCpu processor time before the play
   */
  record Traffic(int evicted, int refused, int calls, Duration cpu, Duration startCpu) {}
}
