package dev.windlass.simulations.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One group's machines and what became of its orders. Guarded by its {@link CloudState}. */
final class MachineGroup {
  private static final int KEPT_FAILURES = 100;

  final CloudGroup group;
  int target;
  final List<GroupFailure> failures = new ArrayList<>();

  private final Map<InstanceId, Machine> machines = new LinkedHashMap<>();
  private final Map<OperationId, Integer> increases =
      new TreeMap<>((left, right) -> left.value().compareTo(right.value()));

  /** A machine and since when it has been in its state. */
  private record Machine(Instance instance, Instant since) {}

  MachineGroup(CloudGroup group) {
    this.group = group;
  }

  List<Instance> instances() {
    return machines.values().stream().map(Machine::instance).toList();
  }

  void add(InstanceId id, Variant variant, Instant now) {
    Instance instance = new Instance(id, group.name(), variant, Instance.State.CREATING, now, null);
    machines.put(id, new Machine(instance, now));
  }

  @Nullable Integer rememberedIncrease(OperationId operation) {
    return increases.get(operation);
  }

  void remember(OperationId operation, int to) {
    increases.put(operation, to);
  }

  /** Begins to delete a machine; says whether there was one to delete. */
  boolean beginDeletion(InstanceId id, Instant now) {
    Machine machine = machines.get(id);
    if (machine == null || machine.instance().state() == Instance.State.DELETING) {
      return false;
    }
    machines.put(id, new Machine(inState(machine.instance(), Instance.State.DELETING, null), now));
    target = Math.max(0, target - 1);
    increases.clear();
    return true;
  }

  /** Lets time pass. */
  List<CloudEvent> settle(Instant now, CloudDelays delays, Predicate<Instance> failsToLaunch) {
    List<CloudEvent> events = new ArrayList<>();
    for (Machine machine : List.copyOf(machines.values())) {
      Instance instance = machine.instance();
      switch (instance.state()) {
        case CREATING -> {
          Instant due = machine.since().plus(delays.launch());
          if (!due.isAfter(now)) {
            events.add(launch(instance, due, failsToLaunch.test(instance)));
          }
        }
        case DELETING -> {
          Instant due = machine.since().plus(delays.deletion());
          if (!due.isAfter(now)) {
            machines.remove(instance.id());
            events.add(new CloudEvent.Gone(instance, due));
          }
        }
        case RUNNING, FAILED -> {}
      }
    }
    return events;
  }

  private CloudEvent launch(Instance instance, Instant at, boolean fails) {
    if (fails) {
      CloudFailure failure =
          new CloudFailure(
              Cause.CAPACITY,
              "no capacity for " + instance.variant().instanceType() + " when it was launched");
      Instance failed = inState(instance, Instance.State.FAILED, failure);
      machines.put(instance.id(), new Machine(failed, at));
      failures.add(new GroupFailure(group.name(), failure, at));
      if (failures.size() > KEPT_FAILURES) {
        failures.removeFirst();
      }
      return new CloudEvent.LaunchFailed(failed, at);
    }
    Instance running = inState(instance, Instance.State.RUNNING, null);
    machines.put(instance.id(), new Machine(running, at));
    return new CloudEvent.Launched(running, group.offering(running.variant()).orElseThrow(), at);
  }

  /** Takes a machine away unasked; the target stays. */
  Optional<CloudEvent> interrupt(InstanceId id, Instant now) {
    Machine machine = machines.remove(id);
    return machine == null
        ? Optional.empty()
        : Optional.of(new CloudEvent.Gone(machine.instance(), now));
  }

  long microsPerHour() {
    return machines.values().stream()
        .map(machine -> group.offering(machine.instance().variant()).orElseThrow().price())
        .filter(Price::known)
        .mapToLong(Price::microsPerHour)
        .sum();
  }

  private static Instance inState(
      Instance instance, Instance.State state, @Nullable CloudFailure error) {
    return new Instance(
        instance.id(), instance.group(), instance.variant(), state, instance.createdAt(), error);
  }
}
