package dev.windlass.provider.aws;

import dev.windlass.core.model.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Auto Scaling's lifecycle states by their names, since new ones appear. Whatever exists is shown,
 * standby too: a machine that a snapshot lacks counts as gone.
 */
final class LifecycleStates {
  private LifecycleStates() {}

  /** Whether there is a machine, and not in the warm pool, whose machines are no nodes. */
  static boolean exists(@Nullable String state) {
    return state == null || !(state.equals("Terminated") || state.startsWith("Warmed:"));
  }

  /** How far a machine is that exists. */
  static Instance.State state(@Nullable String state) {
    if (state == null || state.startsWith("Pending")) {
      return Instance.State.CREATING;
    }
    return state.startsWith("Terminating") ? Instance.State.DELETING : Instance.State.RUNNING;
  }
}
