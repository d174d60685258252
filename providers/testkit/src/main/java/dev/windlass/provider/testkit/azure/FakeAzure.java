package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.FaultScript;
import dev.windlass.provider.testkit.Journal;
import dev.windlass.provider.testkit.LoopbackServer;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Azure Resource Manager on loopback, with scale sets, AKS node pools and the retail price list, in
 * one subscription and the region {@code eastus}. A group's id is {@code RESOURCE-GROUP/SET}, or
 * {@code RESOURCE-GROUP/CLUSTER/POOL} for a node pool; a name alone is a set in {@link
 * #RESOURCE_GROUP}.
 */
public final class FakeAzure implements FakeCloud {
  /** Where sets are whose ids name no resource group. */
  public static final String RESOURCE_GROUP = FakeScaleSet.RESOURCE_GROUP;

  private static final Duration USUAL_NOTICE = Duration.ofSeconds(30);

  private final VirtualClock clock;
  private final FaultScript faults = new FaultScript();
  private final Journal journal = new Journal();
  private final Rates rates = new Rates();
  private final Datacenter datacenter;
  private final ArmAnswers answers;
  private final LoopbackServer server;

  /**
   * Starts one.
   *
   * @param clock its time
   * @param pageSize how many items a page has
   */
  public FakeAzure(VirtualClock clock, int pageSize) {
    this.clock = clock;
    datacenter = new Datacenter(clock);
    answers = new ArmAnswers(datacenter, pageSize);
    ArmProtocol protocol = new ArmProtocol(datacenter, answers, rates);
    try {
      server = new LoopbackServer(protocol, faults, journal, clock);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** The only subscription. */
  public String subscription() {
    return FakeScaleSet.SUBSCRIPTION;
  }

  /** Pages have so many items from now on. */
  public void setPageSize(int items) {
    synchronized (datacenter) {
      answers.setPageSize(items);
    }
  }

  /** Requests beyond the service's token buckets are refused from now on. */
  public void enforceRates() {
    synchronized (datacenter) {
      rates.enforce();
    }
  }

  /**
   * Adds a uniform set with running machines; a flexible one if its variants differ in type or
   * purchase.
   */
  @Override
  public void addGroup(FakeGroup group) {
    boolean mixed =
        group.variants().stream()
                .map(each -> each.instanceType() + each.purchase())
                .distinct()
                .count()
            > 1;
    add(group, mixed);
  }

  /** Adds a flexible set with running machines. */
  public void addFlexibleGroup(FakeGroup group) {
    add(group, true);
  }

  private void add(FakeGroup group, boolean flexible) {
    synchronized (datacenter) {
      FakeScaleSet set = new FakeScaleSet(group.id(), flexible, group.variants());
      bound(set, group.min(), group.max());
      if (set.isPool()) {
        set.tags.put("aks-managed-poolName", group.id().substring(group.id().lastIndexOf('/') + 1));
      }
      datacenter.add(set, group.target());
    }
  }

  private static void bound(FakeScaleSet set, int min, int max) {
    set.tags.put("min", Integer.toString(min));
    set.tags.put("max", Integer.toString(max));
  }

  @Override
  public void removeGroup(String group) {
    synchronized (datacenter) {
      datacenter.remove(group);
    }
  }

  @Override
  public void setTarget(String group, int target) {
    change(group, set -> datacenter.resize(set, target));
  }

  @Override
  public void setLimits(String group, int min, int max) {
    change(
        group,
        set -> {
          bound(set, min, max);
          set.touch();
          return set;
        });
  }

  /** A person sets a tag. */
  public void setTag(String group, String name, String value) {
    change(
        group,
        set -> {
          set.touch();
          return set.tags.put(name, value);
        });
  }

  /** Zones have to stay in balance: one dry zone then fails a whole increase. */
  public void setZoneBalance(String group, boolean balance) {
    change(group, set -> set.zoneBalance = balance);
  }

  /** More machines than asked for are started, and some taken away again. */
  public void setOverprovision(String group, boolean overprovision) {
    change(group, set -> set.overprovision = overprovision);
  }

  /** The group's machines use a reservation of four. */
  public void reserve(String group, String reservationGroup) {
    change(group, set -> set.reservationGroup = reservationGroup);
  }

  @Override
  public int target(String group) {
    return change(group, set -> set.capacity);
  }

  @Override
  public List<FakeMachine> machines(String group) {
    return change(
        group,
        set ->
            set.vms.stream()
                .map(vm ->
                    new FakeMachine(
                        new InstanceId(set.providerId(vm), vm.vmId),
                        vm.variant,
                        vm.status == FakeVm.Status.RUNNING,
                        vm.status == FakeVm.Status.DELETING))
                .toList());
  }

  @Override
  public void sellOut(FailureScope scope) {
    synchronized (datacenter) {
      datacenter.stock.sellOut(scope);
    }
  }

  @Override
  public void restock() {
    synchronized (datacenter) {
      datacenter.stock.restock();
    }
  }

  @Override
  public void limit(FailureScope scope, int machines) {
    synchronized (datacenter) {
      datacenter.stock.limit(scope, machines, datacenter.sets());
    }
  }

  @Override
  public void lose(InstanceId machine) {
    with(machine, (set, vm) -> datacenter.vanish(set, vm));
  }

  @Override
  public void recreate(InstanceId machine) {
    with(machine, (set, vm) -> datacenter.recreate(set, vm));
  }

  @Override
  public void protect(InstanceId machine) {
    with(machine, (_, vm) -> vm.protectedFromScaleIn = true);
  }

  /** A spot machine is evicted and stays, deallocated. */
  public void deallocate(InstanceId machine) {
    with(machine, (_, vm) -> vm.status = FakeVm.Status.DEALLOCATED);
  }

  /** A machine runs, and one of its extensions fails. */
  public void failExtension(InstanceId machine) {
    with(
        machine,
        (_, vm) ->
            vm.fail(
                new ArmError(409, "VMExtensionProvisioningFailed", "VM has reported a failure.")));
  }

  @Override
  public void setTimes(Duration boot, Duration deletion) {
    synchronized (datacenter) {
      datacenter.setTimes(boot, deletion);
    }
  }

  @Override
  public void setListingLag(Duration lag) {
    synchronized (datacenter) {
      datacenter.setListingLag(lag);
    }
  }

  @Override
  public void interrupt(InstanceId machine, @Nullable Instant deadline) {
    with(
        machine,
        (_, vm) -> vm.evictedAt = deadline == null ? clock.instant().plus(USUAL_NOTICE) : deadline);
  }

  private <T extends @Nullable Object> T change(String group, Function<FakeScaleSet, T> change) {
    synchronized (datacenter) {
      return change.apply(datacenter.require(group));
    }
  }

  private void with(InstanceId machine, MachineChange change) {
    synchronized (datacenter) {
      for (FakeScaleSet set : datacenter.sets()) {
        for (FakeVm vm : set.vms) {
          if (set.providerId(vm).equals(machine.value())) {
            change.apply(set, vm);
            return;
          }
        }
      }
    }
    throw new NoSuchElementException(machine.value());
  }

  private interface MachineChange {
    void apply(FakeScaleSet set, FakeVm vm);
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
  public void close() {
    server.close();
  }
}
