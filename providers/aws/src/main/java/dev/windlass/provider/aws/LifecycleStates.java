package dev.windlass.provider.aws;

import dev.windlass.core.model.Instance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Auto Scaling's lifecycle states by their names, since new ones appear. */
final class LifecycleStates {
  private static final Set<String> NOT_IN_GROUP = Set.of("Terminated", "Detached");

  private LifecycleStates() {}

  /** Whether it is a machine of the group that is or will be capacity: not on standby or warm. */
  static boolean isCapacity(@Nullable String state) {
    return state == null || !(NOT_IN_GROUP.contains(state) || isSetAside(state));
  }

  /** Whether the group keeps it aside: on standby, or in the warm pool. */
  static boolean isSetAside(@Nullable String state) {
    return state != null && (state.endsWith("Standby") || state.startsWith("Warmed:"));
  }

  /** How far a machine is that is capacity. */
  static Instance.State state(@Nullable String state) {
    if (state == null || state.startsWith("Pending")) {
      return Instance.State.CREATING;
    }
    return state.startsWith("Terminating") ? Instance.State.DELETING : Instance.State.RUNNING;
  }
}
