package dev.windlass.engine;

import dev.windlass.core.action.Action;
import java.util.List;

/**
 * Port: carries out one action. May block; refuses when what the action expects no longer holds. A
 * second call with the same operation id has no second effect.
 */
@FunctionalInterface
public interface ActionPort {
  /** Applies the action and says what came of it; throws only for a broken contract. */
  ActionOutcome apply(Action action);

  /**
   * Deletes machines of one group, in one call of their cloud where it can: clouds count calls, not
   * machines. Each has an outcome of its own, in the same order.
   */
  default List<ActionOutcome> deleteTogether(List<Action.DeleteInstance> deletions) {
    return deletions.stream().map(this::apply).toList();
  }
}
