package dev.windlass.simulations.replay;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a replay. Everything but {@code timing} is the same for the same input and seed.
 *
 * @param pods what became of the pods
 * @param cost what it cost
 * @param pendingToRunningSeconds how long pods waited for their first start
 * @param utilization how much of what was bought was asked for
 * @param seed of the world's delays
 * @param virtualSeconds how long the world ran
 * @param timing how fast the decisions were
 */
record ReplayReport(
    Pods pods,
    Cost cost,
    Waits pendingToRunningSeconds,
    Utilization utilization,
    long seed,
    long virtualSeconds,
    Timing timing) {
  /**
   * Pods.
   *
   * @param total in the workload
   * @param ran started at least once
   * @param evictions moves that scale-down caused
   * @param neverRan the others, with what each node group said last
   */
  record Pods(int total, int ran, int evictions, SortedMap<String, String> neverRan) {
    Pods(int total, int ran, int evictions, Map<String, String> neverRan) {
      this(total, ran, evictions, (SortedMap<String, String>) new TreeMap<>(neverRan));
    }

    Pods {
      neverRan = Collections.unmodifiableSortedMap(neverRan);
    }
  }

  /**
   * Cost.
   *
   * @param firstPlanUsdPerHour the price of all nodes that the first purchase ordered
   * @param totalUsd all machine time, by the second, at the catalogue's prices
   * @param mostNodes the largest number of nodes at a time
   * @param nodeHours by machine type
   */
  record Cost(
      double firstPlanUsdPerHour,
      double totalUsd,
      int mostNodes,
      SortedMap<String, Double> nodeHours) {
    Cost {
      nodeHours = Collections.unmodifiableSortedMap(new TreeMap<>(nodeHours));
    }
  }

  /** Quantiles of the time from a pod's creation to its first start. */
  record Waits(double p50, double p95, double p99) {}

  /** Requests of running pods over allocatable amounts of paid machines, over time, 0 to 1. */
  record Utilization(double cpu, double gpu) {}

  /**
   * Real time.
   *
   * @param decisions how many were made
   * @param wallSeconds the whole replay
   * @param decideSeconds all decisions
   * @param slowestDecisionSeconds the slowest of them
   */
  record Timing(
      long decisions, double wallSeconds, double decideSeconds, double slowestDecisionSeconds) {
    /** Decisions in each second of deciding. */
    public double decisionsPerSecond() {
      return decideSeconds == 0 ? 0 : decisions / decideSeconds;
    }
  }
}
