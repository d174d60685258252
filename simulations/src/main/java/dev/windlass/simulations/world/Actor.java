package dev.windlass.simulations.world;

import java.time.Instant;

/** One of those who change the cluster beside the daemon. */
@FunctionalInterface
interface Actor {
  /**
   * Looks at the cluster and takes the steps that are due.
   *
   * @param cluster the cluster as far as the informers know it
   * @param now the wall clock's time
   */
  void step(ClusterCache cluster, Instant now);
}
