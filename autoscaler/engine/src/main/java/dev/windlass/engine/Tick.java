package dev.windlass.engine;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.ClusterSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * One pass of the loop, for those who show it.
 *
 * @param number counts from 1 since the start
 * @param snapshot what was seen
 * @param decision what was decided
 * @param overflow actions that found no room and are decided anew in the next tick
 * @param took how long it took
 */
public record Tick(
    long number, ClusterSnapshot snapshot, Decision decision, List<Action> overflow, Took took) {
  public Tick {
    overflow = List.copyOf(overflow);
  }

  /** Wall time of the two halves. */
  public record Took(Duration observe, Duration decide) {}
}
