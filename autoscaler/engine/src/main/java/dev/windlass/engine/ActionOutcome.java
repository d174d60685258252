package dev.windlass.engine;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;

/** What came of an action. */
public sealed interface ActionOutcome {
  /** The action. */
  Action action();

  /** One sentence for logs, events and the dashboard. */
  String message();

  /** It has been done. */
  record Applied(Action action) implements ActionOutcome {
    @Override
    public String message() {
      return action.sentence();
    }
  }

  /** The world is not as the action expects, or forbids it for now; the next tick decides anew. */
  record Refused(Action action, String message) implements ActionOutcome {}

  /** It was tried and failed. */
  record Failed(Action action, CloudFailure failure) implements ActionOutcome {
    @Override
    public String message() {
      return failure.message();
    }
  }
}
