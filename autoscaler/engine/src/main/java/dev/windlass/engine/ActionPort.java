package dev.windlass.engine;

import dev.windlass.core.action.Action;

/**
 * Port: carries out one action. May block; refuses when what the action expects no longer holds. A
 * second call with the same operation id has no second effect.
 */
@FunctionalInterface
public interface ActionPort {
  /** Applies the action and says what came of it; throws only for a broken contract. */
  ActionOutcome apply(Action action);
}
