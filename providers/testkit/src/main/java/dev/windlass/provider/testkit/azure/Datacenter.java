package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fake has and does. Each method first lets happen what was due by the clock's time, so a
 * clock that is moved moves the machines. Callers hold its lock.
 */
final class Datacenter {
  final Stock stock = new Stock();
  private final InstantSource clock;
  private final Map<String, FakeScaleSet> sets = new LinkedHashMap<>();
  private final Map<String, FakeOperation> operations = new LinkedHashMap<>();
  private Duration boot = Duration.ofSeconds(60);
  private Duration deletion = Duration.ofSeconds(60);
  private Duration listingLag = Duration.ZERO;
  private int operationCount;

  Datacenter(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void setTimes(Duration newBoot, Duration newDeletion) {
    boot = newBoot;
    deletion = newDeletion;
  }

  void setListingLag(Duration lag) {
    listingLag = lag;
  }

  void add(FakeScaleSet set, int target) {
    sets.put(set.cloudId.toLowerCase(Locale.ROOT), set);
    for (int each = 0; each < target; each++) {
      FakeVm vm = launch(set, choose(set), now());
      vm.run();
    }
    set.capacity = target;
  }

  void remove(String cloudId) {
    sets.remove(cloudId.toLowerCase(Locale.ROOT));
  }

  Collection<FakeScaleSet> sets() {
    settle();
    return sets.values();
  }

  /** A set by what a NodeGroup refers to it by. */
  FakeScaleSet require(String cloudId) {
    settle();
    FakeScaleSet set = sets.get(cloudId.toLowerCase(Locale.ROOT));
    if (set == null) {
      throw new RefusedException(ArmError.notFound(cloudId));
    }
    return set;
  }

  /** A set by where it is: a node pool's set lies in its cluster's node resource group. */
  FakeScaleSet require(String resourceGroup, String name) {
    return sets().stream()
        .filter(set -> set.resourceGroup.equalsIgnoreCase(resourceGroup))
        .filter(set -> set.name.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new RefusedException(ArmError.notFound(resourceGroup + "/" + name)));
  }

  List<FakeVm> listed(FakeScaleSet set) {
    Instant shown = now().minus(listingLag);
    return set.vms.stream()
        .filter(vm -> listingLag.isZero() || !vm.createdAt.isAfter(shown))
        .toList();
  }

  /**
   * Sets a capacity. A write while another is being carried out takes its place; what the other
   * began goes on.
   *
   * @return what has to be waited for
   */
  FakeOperation resize(FakeScaleSet set, int capacity) {
    int more = capacity - set.capacity;
    if (more > 0) {
      stock.requireQuota(choose(set), more, sets.values());
    }
    List<FakeVm> touched = new ArrayList<>();
    FakeOperation before = set.current;
    if (before != null) {
      before.end(now(), "Canceled", ArmError.PREEMPTED);
      touched.addAll(before.machines);
    }
    for (int missing = capacity - (int) set.alive(); missing > 0 && more > 0; missing--) {
      touched.add(launch(set, choose(set), now().plus(boot)));
    }
    if (more < 0) {
      List<FakeVm> victims = set.victims((int) Math.max(0, set.alive() - capacity));
      victims.forEach(vm -> vm.leave(now().plus(deletion)));
      touched.addAll(victims);
    }
    set.capacity = capacity;
    set.touch();
    FakeOperation operation = operation(set, touched);
    set.current = operation;
    settle();
    return operation;
  }

  /** Deletes machines and lowers the capacity by those that were not leaving already. */
  FakeOperation delete(FakeScaleSet set, List<String> ids) {
    List<FakeVm> chosen = new ArrayList<>();
    for (String id : ids) {
      chosen.add(
          member(set, id)
              .orElseThrow(() ->
                  new RefusedException(
                      new ArmError(
                          400,
                          "InvalidParameter",
                          "The provided instanceId "
                              + id
                              + " is not an active Virtual Machine Scale Set VM instanceId."))));
    }
    for (FakeVm vm : chosen) {
      if (vm.status != FakeVm.Status.DELETING) {
        vm.leave(now().plus(deletion));
        set.capacity--;
      }
    }
    set.touch();
    FakeOperation operation = operation(set, chosen);
    settle();
    return operation;
  }

  static Optional<FakeVm> member(FakeScaleSet set, String id) {
    return set.vms.stream()
        .filter(vm -> vm.id.equalsIgnoreCase(id) || set.computerName(vm).equalsIgnoreCase(id))
        .findFirst();
  }

  /** A machine is not there any more, and the set is smaller. */
  void vanish(FakeScaleSet set, FakeVm vm) {
    if (set.vms.remove(vm) && vm.status != FakeVm.Status.DELETING) {
      set.capacity--;
      set.touch();
    }
  }

  /** Another machine in the place of one; a flexible set's has the same name. */
  void recreate(FakeScaleSet set, FakeVm vm) {
    FakeVm fresh = set.newVm(vm.variant, now(), now());
    set.vms.remove(vm);
    FakeVm other = set.flexible ? new FakeVm(vm.id, fresh.vmId, vm.variant, now(), now()) : fresh;
    other.run();
    set.vms.add(other);
    set.touch();
  }

  @Nullable FakeOperation operation(String id) {
    settle();
    return operations.get(id);
  }

  boolean isBusy(String cluster) {
    settle();
    return operations.values().stream()
        .anyMatch(each -> each.isRunning() && each.set.cluster().equalsIgnoreCase(cluster));
  }

  private FakeOperation operation(FakeScaleSet set, List<FakeVm> machines) {
    String id = String.format("%08x-0000-4000-8000-00000000000a", ++operationCount);
    FakeOperation operation = new FakeOperation(id, set, now(), machines);
    operations.put(id, operation);
    return operation;
  }

  private FakeVm launch(FakeScaleSet set, Variant variant, Instant readyAt) {
    FakeVm vm = set.newVm(variant, now(), readyAt);
    set.vms.add(vm);
    return vm;
  }

  /**
   * The first type that can be had anywhere, in the zone with the fewest machines. A zone is found
   * dry by trying it; from then on others are taken, unless zones have to be kept in balance.
   */
  private Variant choose(FakeScaleSet set) {
    List<Variant> tried =
        set.variants.stream()
            .filter(variant -> set.zoneBalance || isHopeful(set, variant))
            .toList();
    return (tried.isEmpty() ? set.variants : tried).stream().min(preference(set)).orElseThrow();
  }

  private boolean isHopeful(FakeScaleSet set, Variant variant) {
    boolean dry = set.foundDry.contains(variant) && !stock.has(variant);
    return !dry
        && set.variants.stream()
            .filter(each -> each.instanceType().equals(variant.instanceType()))
            .filter(each -> each.purchase() == variant.purchase())
            .anyMatch(stock::has);
  }

  private static Comparator<Variant> preference(FakeScaleSet set) {
    List<String> order =
        set.variants.stream()
            .map(each -> each.instanceType() + each.purchase())
            .distinct()
            .toList();
    return Comparator.comparingInt(
            (Variant each) -> order.indexOf(each.instanceType() + each.purchase()))
        .thenComparingLong(each -> inZone(set, each.zone()));
  }

  private static long inZone(FakeScaleSet set, String zone) {
    return set.vms.stream()
        .filter(vm -> vm.status != FakeVm.Status.DELETING && vm.variant.zone().equals(zone))
        .count();
  }

  private void settle() {
    Instant now = now();
    for (FakeScaleSet set : sets.values()) {
      for (FakeVm vm : List.copyOf(set.vms)) {
        settle(set, vm, now);
      }
    }
    for (FakeOperation operation : operations.values()) {
      operation.settle(now);
      if (operation == operation.set.current && !operation.isRunning()) {
        operation.set.current = null;
        operation.set.lastFailed = operation.error != null;
      }
    }
  }

  private void settle(FakeScaleSet set, FakeVm vm, Instant now) {
    if (vm.evictedAt != null && !vm.evictedAt.isAfter(now)) {
      vanish(set, vm);
      return;
    }
    if (!vm.isMoving() || vm.stepEndsAt.isAfter(now)) {
      return;
    }
    if (vm.status == FakeVm.Status.DELETING) {
      set.vms.remove(vm);
      vm.status = FakeVm.Status.DEALLOCATED;
    } else if (isAvailable(set, vm.variant)) {
      vm.run();
    } else {
      set.foundDry.add(vm.variant);
      vm.fail(Stock.stockout(vm.variant));
    }
  }

  private boolean isAvailable(FakeScaleSet set, Variant variant) {
    return stock.has(variant)
        && (!set.zoneBalance
            || set.variants.stream()
                .filter(each -> each.instanceType().equals(variant.instanceType()))
                .allMatch(stock::has));
  }
}
