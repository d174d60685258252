package dev.windlass.simulations.cloud;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Price;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The machines of fake clouds that speak the real protocols. Their clocks follow this one, and what
 * happened in them is found by looking: twice a change within one look is one order.
 */
public final class FakeFleet implements Fleet {
  private final CloudDelays delays;
  private final List<Member> members;
  private final Map<String, Instance> known = new LinkedHashMap<>();
  private final Map<NodeGroupName, Integer> targets = new LinkedHashMap<>();
  private final List<CloudOrder> orders = new ArrayList<>();
  private Instant moved;

  /** A group and the fake that keeps it. */
  public record Member(FakeCloud cloud, CloudGroup group) {}

  /** Adds each group with its first machines to its cloud. */
  public FakeFleet(List<Member> members, CloudDelays delays, InstantSource clock) {
    this.members = List.copyOf(members);
    this.delays = delays;
    moved = clock.instant();
    for (Member each : this.members) {
      CloudGroup group = each.group();
      each.cloud().setTimes(delays.launch(), delays.deletion());
      each.cloud()
          .addGroup(
              new FakeCloud.FakeGroup(
                  group.cloudId(),
                  0,
                  group.quota(),
                  group.initial(),
                  group.offerings().stream().map(Offering::variant).toList()));
      targets.put(group.name(), group.initial());
    }
  }

  @Override
  public CloudDelays delays() {
    return delays;
  }

  @Override
  public synchronized List<CloudEvent> takeEvents(Instant now) {
    moveClocks(now);
    List<CloudEvent> events = new ArrayList<>();
    for (Member each : members) {
      look(each, now, events);
    }
    return events;
  }

  private void moveClocks(Instant now) {
    Duration passed = Duration.between(moved, now);
    if (passed.isPositive()) {
      moved = now;
      members.stream()
          .map(Member::cloud)
          .distinct()
          .forEach(cloud -> cloud.clock().advance(passed));
    }
  }

  private void look(Member member, Instant now, List<CloudEvent> events) {
    CloudGroup group = member.group();
    Map<String, FakeMachine> there =
        member.cloud().machines(group.cloudId()).stream()
            .collect(Collectors.toMap(each -> each.id().incarnation(), Function.identity()));
    there.forEach((id, machine) -> {
      if (machine.running() && !known.containsKey(id)) {
        Instance instance = instance(group, machine, now);
        known.put(id, instance);
        events.add(new CloudEvent.Launched(instance, offering(group, machine), now));
      }
    });
    known
        .values()
        .removeIf(instance -> {
          boolean gone =
              instance.group().equals(group.name())
                  && !there.containsKey(instance.id().incarnation());
          if (gone) {
            events.add(new CloudEvent.Gone(instance, now));
          }
          return gone;
        });
    int target = member.cloud().target(group.cloudId());
    int before = targets.getOrDefault(group.name(), 0);
    if (target != before) {
      targets.put(group.name(), target);
      orders.add(new CloudOrder(now, group.name(), before, target, new OperationId("seen")));
    }
  }

  private static Instance instance(CloudGroup group, FakeMachine machine, Instant now) {
    return new Instance(
        machine.id(), group.name(), machine.variant(), Instance.State.RUNNING, now, null);
  }

  private static Offering offering(CloudGroup group, FakeMachine machine) {
    return group
        .offering(machine.variant())
        .orElseThrow(() ->
            new IllegalStateException(
                "group " + group.cloudId() + " brought " + machine.variant()));
  }

  @Override
  public synchronized List<CloudOrder> orders() {
    return List.copyOf(orders);
  }

  @Override
  public synchronized boolean has(InstanceId instance, Instant now) {
    return members.stream()
        .flatMap(each -> each.cloud().machines(each.group().cloudId()).stream())
        .anyMatch(machine -> machine.id().value().equals(instance.value()));
  }

  @Override
  public synchronized Map<NodeGroupName, Integer> targets() {
    return new LinkedHashMap<>(targets);
  }

  @Override
  public synchronized Price hourlyCost() {
    long micros = 0;
    for (Member each : members) {
      for (FakeMachine machine : each.cloud().machines(each.group().cloudId())) {
        Price price = offering(each.group(), machine).price();
        micros += price.known() ? price.microsPerHour() : 0;
      }
    }
    return new Price(micros);
  }
}
