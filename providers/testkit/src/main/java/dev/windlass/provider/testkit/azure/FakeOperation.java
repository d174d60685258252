package dev.windlass.provider.testkit.azure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fake still does after it has answered. */
final class FakeOperation {
  final String id;
  final FakeScaleSet set;
  final Instant startedAt;

  /** It is over when none of them is being created or deleted. */
  final List<FakeVm> machines;

  String status = "InProgress";
  @Nullable Instant endedAt;
  @Nullable ArmError error;

  FakeOperation(String id, FakeScaleSet set, Instant startedAt, List<FakeVm> machines) {
    this.id = id;
    this.set = set;
    this.startedAt = startedAt;
    this.machines = new ArrayList<>(machines);
  }

  boolean isRunning() {
    return endedAt == null;
  }

  /** Ends it if nothing is left to do. */
  void settle(Instant now) {
    if (isRunning() && machines.stream().noneMatch(FakeVm::isMoving)) {
      ArmError failed =
          machines.stream()
              .filter(vm -> vm.status == FakeVm.Status.FAILED)
              .map(vm -> vm.error)
              .findFirst()
              .orElse(null);
      end(now, failed == null ? "Succeeded" : "Failed", failed);
    }
  }

  void end(Instant now, String how, @Nullable ArmError because) {
    status = how;
    error = because;
    endedAt = now;
  }
}
