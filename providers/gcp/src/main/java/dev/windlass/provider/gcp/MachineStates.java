package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.Instance.State;
import java.util.Optional;

/** How far a machine is, from what its group does with it and from its own status. */
final class MachineStates {
  private MachineStates() {}

  /** The state; empty for a machine that is stopped or suspended on standby. */
  static Optional<State> of(ManagedInstance machine, boolean hasStandby) {
    return switch (machine.getCurrentAction()) {
      case "CREATING", "CREATING_WITHOUT_RETRIES" -> Optional.of(ofNew(machine));
      case "RECREATING" -> Optional.of(isUp(machine) ? State.DELETING : ofNew(machine));
      case "DELETING", "ABANDONING", "STOPPING", "SUSPENDING" -> Optional.of(State.DELETING);
      case String _ -> ofStatus(machine, hasStandby);
    };
  }

  private static State ofNew(ManagedInstance machine) {
    return hasFailed(machine) ? State.FAILED : State.CREATING;
  }

  /** The machine that will be replaced is still there. */
  private static boolean isUp(ManagedInstance machine) {
    return switch (machine.getInstanceStatus()) {
      case "", "PENDING", "PROVISIONING", "STAGING" -> false;
      case String _ -> true;
    };
  }

  private static Optional<State> ofStatus(ManagedInstance machine, boolean hasStandby) {
    return switch (machine.getInstanceStatus()) {
      case "RUNNING", "REPAIRING" -> Optional.of(State.RUNNING);
      case "STOPPED", "SUSPENDED", "TERMINATED" ->
          hasStandby ? Optional.empty() : Optional.of(State.DELETING);
      case "STOPPING", "SUSPENDING", "DEPROVISIONING" -> Optional.of(State.DELETING);
      case String _ -> Optional.of(State.CREATING);
    };
  }

  /** The group lets it go: by deleting it, or by keeping it out of its members. */
  static boolean isLeaving(ManagedInstance machine) {
    return switch (machine.getCurrentAction()) {
      case "DELETING", "ABANDONING" -> true;
      case String _ -> false;
    };
  }

  /** The last attempt to make it failed, and there is no machine: the group tries for ever. */
  static boolean hasFailed(ManagedInstance machine) {
    return machine.getId() == 0 && machine.getLastAttempt().getErrors().getErrorsCount() > 0;
  }
}
