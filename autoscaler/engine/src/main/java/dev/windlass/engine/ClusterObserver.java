package dev.windlass.engine;

import dev.windlass.core.model.ClusterSnapshot;

/** Port: reads the world once, from memory; never waits for a cloud or an API server. */
@FunctionalInterface
public interface ClusterObserver {
  /**
   * The world as far as it is known now.
   *
   * @throws ObservationFailedException when there is no picture at all yet; the tick touches
   *     nothing
   */
  ClusterSnapshot observe();
}
