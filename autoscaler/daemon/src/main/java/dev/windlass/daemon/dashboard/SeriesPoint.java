package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Price;
import java.time.Instant;

/**
 * What the charts show of one decision.
 *
 * @param at its time
 * @param pods pending pods by outcome
 * @param cost of all nodes an hour
 */
record SeriesPoint(Instant at, PodCounts pods, Price cost) {
  /** Whether the charts would look the same. */
  boolean sameAs(SeriesPoint other) {
    return pods.equals(other.pods) && cost.equals(other.cost);
  }

  /** Pending pods by what they wait for. */
  record PodCounts(int needYou, int waiting, int nodeComing) {
    int all() {
      return needYou + waiting + nodeComing;
    }
  }
}
