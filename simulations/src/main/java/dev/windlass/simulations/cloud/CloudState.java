package dev.windlass.simulations.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the simulated cloud has sold. Time is an argument of every call, so it runs on the wall
 * clock behind HTTP and on virtual time within a simulation. Thread-safe; for the same calls at the
 * same times it gives the same answers.
 *
 * <p>An increase is a compare-and-set of the target: it takes effect where the target is the
 * expected one, is done already where the operation is remembered, and conflicts otherwise. A group
 * forgets its increases when a deletion lowers its target.
 */
public final class CloudState implements Fleet {
  private final CloudDelays delays;
  private final Map<String, MachineGroup> groups = new LinkedHashMap<>();
  private final List<CloudFault> faults = new ArrayList<>();
  private final List<CloudEvent> events = new ArrayList<>();
  private final List<CloudOrder> orders = new ArrayList<>();
  private long sold;

  public CloudState(CloudDelays delays, List<CloudGroup> groups, Instant now) {
    this.delays = delays;
    for (CloudGroup group : groups) {
      MachineGroup machines = new MachineGroup(group);
      machines.target = group.initial();
      for (int i = 0; i < group.initial(); i++) {
        machines.add(nextId(), group.offerings().getFirst().variant(), now.minus(delays.launch()));
      }
      if (this.groups.put(group.cloudId(), machines) != null) {
        throw new IllegalArgumentException("two groups are called " + group.cloudId());
      }
    }
    settle(now);
  }

  @Override
  public CloudDelays delays() {
    return delays;
  }

  /** Lets something go wrong for a while. */
  public synchronized void addFault(CloudFault fault) {
    faults.add(fault);
  }

  /** Reads one group. */
  public synchronized CloudOutcome<GroupView> describe(String cloudId, Instant now) {
    settle(now);
    Optional<CloudFailure> refusal = refusal(cloudId, now);
    if (refusal.isPresent()) {
      return new CloudOutcome.Failed<>(refusal.get());
    }
    MachineGroup group = group(cloudId);
    return new CloudOutcome.Done<>(
        new GroupView(group.target, group.instances(), List.copyOf(group.failures)));
  }

  /** Raises a group's target. */
  public synchronized CloudOutcome<Integer> increase(
      String cloudId, Increase change, OperationId operation, Instant now) {
    settle(now);
    Optional<CloudFailure> refusal = refusal(cloudId, now);
    if (refusal.isPresent()) {
      return new CloudOutcome.Failed<>(refusal.get());
    }
    MachineGroup group = group(cloudId);
    if (group.target != change.from()) {
      Integer before = group.rememberedIncrease(operation);
      return before != null
          ? answer(before, now)
          : new CloudOutcome.Conflict<>(
              "target of " + cloudId + " is " + group.target + ", not " + change.from());
    }
    Optional<CloudFailure> unsold = unsold(group, change, now);
    return unsold.isPresent()
        ? new CloudOutcome.Failed<>(unsold.get())
        : sell(group, change, operation, now);
  }

  private CloudOutcome<Integer> sell(
      MachineGroup group, Increase change, OperationId operation, Instant now) {
    change.machines().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(CloudState::byName))
        .forEach(entry -> {
          for (int i = 0; i < entry.getValue(); i++) {
            group.add(nextId(), entry.getKey(), now);
          }
        });
    group.target = change.to();
    group.remember(operation, change.to());
    orders.add(new CloudOrder(now, group.group.name(), change.from(), change.to(), operation));
    return answer(change.to(), now);
  }

  /** Deletes one machine; a machine that is gone, or going, is done. */
  public synchronized CloudOutcome<Boolean> delete(
      String cloudId, InstanceId instance, OperationId operation, Instant now) {
    settle(now);
    Optional<CloudFailure> refusal = refusal(cloudId, now);
    if (refusal.isPresent()) {
      return new CloudOutcome.Failed<>(refusal.get());
    }
    MachineGroup group = group(cloudId);
    int from = group.target;
    boolean deleted = group.beginDeletion(instance, now);
    if (deleted) {
      orders.add(new CloudOrder(now, group.group.name(), from, group.target, operation));
    }
    return answer(deleted, now);
  }

  /** Takes a machine away unasked, as an interruption of a spot machine does. */
  public synchronized boolean interrupt(InstanceId instance, Instant now) {
    settle(now);
    for (MachineGroup group : groups.values()) {
      Optional<CloudEvent> gone = group.interrupt(instance, now);
      if (gone.isPresent()) {
        events.add(gone.get());
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized List<CloudEvent> takeEvents(Instant now) {
    settle(now);
    List<CloudEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Override
  public synchronized List<CloudOrder> orders() {
    return List.copyOf(orders);
  }

  @Override
  public synchronized boolean has(InstanceId instance, Instant now) {
    settle(now);
    return groups.values().stream()
        .flatMap(group -> group.instances().stream())
        .anyMatch(known -> known.id().equals(instance));
  }

  @Override
  public synchronized Map<NodeGroupName, Integer> targets() {
    Map<NodeGroupName, Integer> targets = new LinkedHashMap<>();
    groups.values().forEach(group -> targets.put(group.group.name(), group.target));
    return targets;
  }

  @Override
  public synchronized Price hourlyCost() {
    return new Price(groups.values().stream().mapToLong(MachineGroup::microsPerHour).sum());
  }

  private MachineGroup group(String cloudId) {
    return Objects.requireNonNull(groups.get(cloudId));
  }

  private synchronized void settle(Instant now) {
    List<CloudEvent> happened = new ArrayList<>();
    for (MachineGroup group : groups.values()) {
      happened.addAll(group.settle(now, delays, this::failsToLaunch));
    }
    happened.sort(Comparator.comparing(CloudEvent::at));
    events.addAll(happened);
  }

  private Optional<CloudFailure> refusal(String cloudId, Instant now) {
    if (activeFaults(CloudFault.Outage.class, now)) {
      return Optional.of(new CloudFailure(Cause.TRANSIENT, "internal error"));
    }
    return groups.containsKey(cloudId)
        ? Optional.empty()
        : Optional.of(new CloudFailure(Cause.CONFIG, "there is no group " + cloudId));
  }

  private Optional<CloudFailure> unsold(MachineGroup group, Increase change, Instant now) {
    int ordered = change.machines().values().stream().mapToInt(Integer::intValue).sum();
    if (ordered != change.to() - change.from()) {
      return Optional.of(
          new CloudFailure(Cause.CONFIG, "the machines named are " + ordered + " in number"));
    }
    if (change.to() > group.group.quota()) {
      return Optional.of(
          new CloudFailure(Cause.QUOTA, "the quota is " + group.group.quota() + " machines"));
    }
    for (Variant variant : change.machines().keySet()) {
      if (group.group.offering(variant).isEmpty()) {
        return Optional.of(new CloudFailure(Cause.CONFIG, "not sold here: " + variant));
      }
      if (soldOut(variant, now)) {
        return Optional.of(
            new CloudFailure(
                Cause.CAPACITY,
                "no capacity for " + variant.instanceType() + " in " + variant.zone(),
                FailureScope.of(variant),
                "SoldOut",
                null));
      }
    }
    return Optional.empty();
  }

  private boolean soldOut(Variant variant, Instant now) {
    return faults.stream()
        .anyMatch(fault ->
            fault instanceof CloudFault.Stockout stockout
                && stockout.window().contains(now)
                && stockout.instanceType().equals(variant.instanceType())
                && stockout.zone().equals(variant.zone()));
  }

  private boolean failsToLaunch(Instance instance) {
    return faults.stream()
        .anyMatch(fault ->
            fault instanceof CloudFault.LaunchFailure failure
                && failure.window().contains(instance.createdAt())
                && failure.instanceType().equals(instance.variant().instanceType()));
  }

  private boolean activeFaults(Class<? extends CloudFault> kind, Instant now) {
    return faults.stream()
        .anyMatch(fault -> kind.isInstance(fault) && fault.window().contains(now));
  }

  private <T> CloudOutcome<T> answer(T value, Instant now) {
    return activeFaults(CloudFault.LostAnswers.class, now)
        ? new CloudOutcome.Unknown<>("the answer was lost")
        : new CloudOutcome.Done<>(value);
  }

  private InstanceId nextId() {
    sold++;
    return new InstanceId("simulated:///i-%06d".formatted(sold));
  }

  private static int byName(Variant left, Variant right) {
    return Comparator.comparing(Variant::instanceType)
        .thenComparing(Variant::zone)
        .thenComparing(Variant::purchase)
        .compare(left, right);
  }
}
