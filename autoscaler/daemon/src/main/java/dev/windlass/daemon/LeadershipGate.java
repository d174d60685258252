package dev.windlass.daemon;

import dev.windlass.core.action.Action;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.ActionPort;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Lets an action through only while this process leads. It asks when the action's turn has come,
 * not when it was decided, so what was queued before leadership was lost is refused.
 */
final class LeadershipGate implements ActionPort {
  private final ActionPort port;
  private final BooleanSupplier leading;

  LeadershipGate(ActionPort port, BooleanSupplier leading) {
    this.port = port;
    this.leading = leading;
  }

  @Override
  public ActionOutcome apply(Action action) {
    return leading.getAsBoolean()
        ? port.apply(action)
        : new ActionOutcome.Refused(action, "another process may be the leader now");
  }

  @Override
  public List<ActionOutcome> deleteTogether(List<Action.DeleteInstance> deletions) {
    return leading.getAsBoolean()
        ? port.deleteTogether(deletions)
        : ActionPort.super.deleteTogether(deletions);
  }
}
