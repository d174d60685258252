package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceLastAttempt;
import com.google.cloud.compute.v1.ManagedInstanceLastAttemptErrors;
import dev.windlass.core.model.Instance.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a group does with a machine and the machine's own status make one state. */
class MachineStatesTest {
  @ParameterizedTest
  @CsvSource({
    "CREATING, , 0, CREATING",
    "CREATING, STAGING, 7, CREATING",
    "CREATING_WITHOUT_RETRIES, , 0, CREATING",
    "RECREATING, RUNNING, 7, DELETING",
    "RECREATING, STOPPING, 7, DELETING",
    "RECREATING, , 0, CREATING",
    "RECREATING, STAGING, 8, CREATING",
    "VERIFYING, RUNNING, 7, RUNNING",
    "RESTARTING, STOPPING, 7, DELETING",
    "NONE, RUNNING, 7, RUNNING",
    "NONE, REPAIRING, 7, RUNNING",
    "NONE, PROVISIONING, 7, CREATING",
    "NONE, STOPPING, 7, DELETING",
    "NONE, TERMINATED, 7, DELETING",
    "NONE, DEPROVISIONING, 7, DELETING",
    "DELETING, RUNNING, 7, DELETING",
    "ABANDONING, RUNNING, 7, DELETING",
    "SOMETHING_NEW, RUNNING, 7, RUNNING"
  })
  void eachPairHasItsState(String action, String status, long id, State state) {
    ManagedInstance machine = machine(action, status == null ? "" : status, id).build();

    assertThat(MachineStates.of(machine, false)).contains(state);
  }

  @ParameterizedTest
  @CsvSource({"STOPPED, true", "SUSPENDED, true", "RUNNING, false"})
  void machinesOnStandbyAreNoCapacity(String status, boolean left) {
    assertThat(MachineStates.of(machine("NONE", status, 7).build(), true).isEmpty())
        .isEqualTo(left);
  }

  @Test
  void aFailedAttemptCountsWhileThereIsNoMachine() {
    ManagedInstanceLastAttempt.Builder attempt =
        ManagedInstanceLastAttempt.newBuilder()
            .setErrors(
                ManagedInstanceLastAttemptErrors.newBuilder()
                    .addErrors(Errors.newBuilder().setCode("QUOTA_EXCEEDED")));

    assertThat(MachineStates.of(machine("CREATING", "", 0).setLastAttempt(attempt).build(), false))
        .contains(State.FAILED);
    assertThat(
            MachineStates.of(
                machine("CREATING", "STAGING", 7).setLastAttempt(attempt).build(), false))
        .contains(State.CREATING);
  }

  private static ManagedInstance.Builder machine(String action, String status, long id) {
    return ManagedInstance.newBuilder()
        .setCurrentAction(action)
        .setInstanceStatus(status)
        .setId(id);
  }
}
