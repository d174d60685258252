package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.Variant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A machine of a scale set. */
final class FakeVm {
  /** How far a machine is. */
  enum Status {
    CREATING,
    RUNNING,
    FAILED,
    DELETING,
    DEALLOCATED
  }

  /** The instance id of a uniform set, the machine's name of a flexible one. */
  final String id;

  final String vmId;
  final Variant variant;
  final Instant createdAt;

  /** When its present step ends: the boot, or the deletion. */
  Instant stepEndsAt;

  Status status = Status.CREATING;
  boolean protectedFromScaleIn;
  boolean ranBefore;
  @Nullable Instant evictedAt;
  @Nullable ArmError error;

  FakeVm(String id, String vmId, Variant variant, Instant createdAt, Instant readyAt) {
    this.id = id;
    this.vmId = vmId;
    this.variant = variant;
    this.createdAt = createdAt;
    this.stepEndsAt = readyAt;
  }

  boolean isMoving() {
    return status == Status.CREATING || status == Status.DELETING;
  }

  /** Whether it counts against the account's limits. */
  boolean holdsCores() {
    return status != Status.FAILED && status != Status.DELETING;
  }

  void run() {
    status = Status.RUNNING;
    ranBefore = true;
  }

  void fail(ArmError because) {
    status = Status.FAILED;
    error = because;
  }

  void leave(Instant goneAt) {
    status = Status.DELETING;
    stepEndsAt = goneAt;
  }
}
