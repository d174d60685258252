package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One group of a {@link FakeSimulated}, which guards it. */
final class FakeMachineGroup {
  final FakeGroup group;
  final NodeGroupName name;
  int target;
  final Set<OperationId> increases = new HashSet<>();
  final List<CloudWire.Failure> failures = new ArrayList<>();
  private final Map<InstanceId, Instance> machines = new LinkedHashMap<>();
  private final Map<InstanceId, Instant> due = new LinkedHashMap<>();
  private final Map<InstanceId, Instant> hiddenUntil = new LinkedHashMap<>();

  FakeMachineGroup(FakeGroup group) {
    this.group = group;
    this.name = new NodeGroupName(group.id());
    this.target = group.target();
  }

  void add(InstanceId id, Variant variant, Instant now, Duration boot, Duration lag) {
    put(id, variant, Instance.State.CREATING, now, null);
    due.put(id, now.plus(boot));
    hiddenUntil.put(id, now.plus(lag));
  }

  private void put(
      InstanceId id,
      Variant variant,
      Instance.State state,
      Instant created,
      @Nullable CloudFailure error) {
    machines.put(id, new Instance(id, name, variant, state, created, error));
  }

  @Nullable Instance machine(InstanceId id) {
    return machines.get(id);
  }

  void remove(InstanceId id) {
    machines.remove(id);
    due.remove(id);
  }

  void beginDeletion(Instance machine, Instant end) {
    put(
        machine.id(),
        machine.variant(),
        Instance.State.DELETING,
        machine.createdAt(),
        machine.error());
    due.put(machine.id(), end);
  }

  /** What happens by itself: machines run or cannot be had, and go. */
  void settle(Instant now, Predicate<Variant> soldOut) {
    for (Instance machine : List.copyOf(machines.values())) {
      Instant end = due.get(machine.id());
      if (end == null || end.isAfter(now)) {
        continue;
      }
      due.remove(machine.id());
      switch (machine.state()) {
        case CREATING -> launch(machine, end, soldOut.test(machine.variant()));
        case DELETING -> machines.remove(machine.id());
        case RUNNING, FAILED -> {}
      }
    }
  }

  private void launch(Instance machine, Instant at, boolean fails) {
    CloudFailure failure = fails ? FakeSimulated.noCapacity(machine.variant()) : null;
    put(
        machine.id(),
        machine.variant(),
        failure == null ? Instance.State.RUNNING : Instance.State.FAILED,
        machine.createdAt(),
        failure);
    if (failure != null) {
      failures.add(new CloudWire.Failure(at, CloudWire.Refusal.of(failure)));
    }
  }

  CloudWire.Group wire(Instant now) {
    return new CloudWire.Group(
        target,
        machines.values().stream()
            .filter(machine -> !hiddenUntil.getOrDefault(machine.id(), now).isAfter(now))
            .map(CloudWire.Machine::of)
            .toList(),
        failures);
  }

  List<FakeMachine> truth() {
    return machines.values().stream()
        .map(machine ->
            new FakeMachine(
                machine.id(),
                machine.variant(),
                machine.state() == Instance.State.RUNNING,
                machine.state() == Instance.State.DELETING))
        .toList();
  }

  /** Machines of this group that are not being deleted. */
  List<Instance> staying() {
    return machines.values().stream()
        .filter(machine -> machine.state() != Instance.State.DELETING)
        .toList();
  }
}
