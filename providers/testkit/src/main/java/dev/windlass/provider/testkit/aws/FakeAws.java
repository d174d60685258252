package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FaultScript;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.LoopbackServer;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Auto Scaling, EC2, EKS, SQS, the price list and STS at one address on loopback. Groups behave as
 * the service's do: they launch what is missing, spread it over zones, try again after a failure
 * and delete what is too much.
 */
public final class FakeAws implements FakeCloud {
  /** The name of the one queue. */
  public static final String QUEUE = "windlass-interruptions";

  private final VirtualClock clock;
  private final FaultScript faults = new FaultScript();
  private final Journal journal = new Journal();
  private final Scaling scaling;
  private final Sight sight;
  private final ComputeActions compute;
  private final JsonActions json = new JsonActions();
  private final MessageQueue queue = new MessageQueue("https://queue.invalid/1/" + QUEUE);
  private final LoopbackServer server;

  /** Starts without groups. */
  public FakeAws(Instant start) throws IOException {
    clock = new VirtualClock(start);
    scaling = new Scaling(clock);
    sight = new Sight(scaling);
    compute = new ComputeActions(scaling, sight);
    AwsProtocol protocol =
        new AwsProtocol(
            new GroupActions(scaling, sight), compute, json, queue, new Settled(scaling, this));
    server = new LoopbackServer(protocol, faults, journal, clock);
  }

  /** The state as it is now; every access goes through the lock that it names. */
  record Settled(Scaling scaling, Object lock) {
    /** The group that a machine is in, or empty. */
    String groupOf(String machine) {
      synchronized (lock) {
        return scaling.groups.values().stream()
            .filter(group -> group.machines.containsKey(machine))
            .map(group -> group.name)
            .findFirst()
            .orElse("");
      }
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public FaultScript faults() {
    return faults;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public void setLatency(Duration latency) {
    server.setLatency(latency);
  }

  @Override
  public synchronized void addGroup(FakeGroup group) {
    AwsGroup added = new AwsGroup(group);
    scaling.groups.put(added.name, added);
    scaling.settle();
    added
        .machines
        .values()
        .forEach(machine -> {
          machine.state = AwsMachine.IN_SERVICE;
          machine.changesAt = null;
        });
  }

  @Override
  public synchronized void removeGroup(String group) {
    scaling.groups.remove(group);
  }

  /** Changes what only AWS has. */
  public synchronized void alter(String group, Consumer<AwsGroup> change) {
    change.accept(named(group));
  }

  @Override
  public synchronized void setTarget(String group, int target) {
    named(group).desired = target;
    scaling.settle();
  }

  @Override
  public synchronized void setLimits(String group, int min, int max) {
    AwsGroup named = named(group);
    named.min = min;
    named.max = max;
    named.desired = Math.clamp(named.desired, min, max);
    scaling.settle();
  }

  @Override
  public synchronized int target(String group) {
    scaling.settle();
    return named(group).desired;
  }

  @Override
  public synchronized List<FakeMachine> machines(String group) {
    scaling.settle();
    return named(group).machines.values().stream()
        .filter(machine -> machine.counts() || machine.isLeaving())
        .map(AwsMachine::view)
        .toList();
  }

  @Override
  public synchronized void sellOut(FailureScope scope) {
    scaling.settle();
    scaling.market.sellOut(scope);
    scaling.failSoldOut();
  }

  @Override
  public synchronized void restock() {
    scaling.market.restock();
  }

  @Override
  public synchronized void limit(FailureScope scope, int machines) {
    scaling.market.limit(scope, machines);
  }

  @Override
  public synchronized void lose(InstanceId machine) {
    scaling.groups.values().forEach(group -> group.machines.remove(ec2Id(machine)));
    scaling.settle();
  }

  @Override
  public void recreate(InstanceId machine) {
    lose(machine);
  }

  @Override
  public synchronized void protect(InstanceId machine) {
    machine(ec2Id(machine)).isProtected = true;
  }

  @Override
  public synchronized void setTimes(Duration boot, Duration deletion) {
    scaling.boot = boot;
    scaling.deletion = deletion;
  }

  @Override
  public synchronized void setListingLag(Duration lag) {
    sight.lag = lag;
  }

  @Override
  public synchronized void interrupt(InstanceId machine, @Nullable Instant deadline) {
    AwsMachine taken = machine(ec2Id(machine));
    taken.takenAt = deadline;
    queue.add(
        deadline == null
            ? AwsEvents.rebalance(taken.id, clock.instant())
            : AwsEvents.interruption(taken.id, deadline.minus(Duration.ofMinutes(2))));
  }

  /** Puts a message in the queue. */
  public synchronized void send(String body) {
    queue.add(body);
  }

  /** How many messages the queue holds, those that were given out included. */
  public synchronized int messages() {
    return queue.size();
  }

  /** Adds a machine in a lifecycle state of its own, or puts it in the place of its namesake. */
  public synchronized void put(
      String group, String id, Variant variant, String state, Instant launchedAt) {
    named(group).machines.put(id, new AwsMachine(id, variant, state, launchedAt));
  }

  /** Adds an activity, or puts it in the place of the one with its id. */
  public synchronized void put(String group, AwsActivity activity) {
    named(group).add(activity);
  }

  /** Adds a capacity reservation. */
  public synchronized void put(AwsReservation reservation) {
    compute.reservations.put(reservation.id(), reservation);
  }

  /** Adds a machine type. */
  public synchronized void put(MachineType type) {
    compute.types.put(type.name(), type);
  }

  /** Adds a managed node group. */
  public synchronized void put(String cluster, String name, AwsNodegroup nodegroup) {
    json.nodegroups.put(cluster + "/" + name, nodegroup);
  }

  /** Sets a price in dollars; an empty zone stands for the on-demand price. */
  public synchronized void setPrice(String type, String zone, String dollars) {
    if (zone.isEmpty()) {
      json.prices.put(type, dollars);
    } else {
      compute.spotPrices.put(type + "/" + zone, dollars);
    }
  }

  /** Sets a limit of vCPUs, by the code that Service Quotas has for it. */
  public synchronized void setQuota(String code, int vcpus) {
    json.quotas.put(code, vcpus);
  }

  /** EC2 does not show this machine yet, or does again; its group always shows it. */
  public synchronized void setHidden(String id, boolean isHidden) {
    if (isHidden) {
      sight.hidden.add(id);
    } else {
      sight.hidden.remove(id);
    }
  }

  /** How much a page holds at most. */
  public synchronized void setPages(int groups, int activities, int machines) {
    sight.groupsOnPage = groups;
    sight.activitiesOnPage = activities;
    sight.machinesOnPage = machines;
  }

  @Override
  public void close() {
    server.close();
  }

  private static String ec2Id(InstanceId machine) {
    return machine.value().substring(machine.value().lastIndexOf('/') + 1);
  }

  private AwsGroup named(String name) {
    AwsGroup group = scaling.groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("no group " + name);
    }
    return group;
  }

  private AwsMachine machine(String id) {
    return scaling.machines().stream()
        .filter(each -> each.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no machine " + id));
  }
}
