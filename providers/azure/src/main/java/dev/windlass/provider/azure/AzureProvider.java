package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.GroupByGroup;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Reservations;
import dev.windlass.provider.spi.Templates;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Virtual machine scale sets, uniform and flexible, and AKS node pools. A reading lists the sets of
 * each resource group once; machines are listed for groups that changed, that are not at rest, and
 * in turn for {@link #LISTED_IN_TURN} of the others, so that many groups stay within what Azure
 * allows a subscription.
 */
final class AzureProvider
    implements CloudProvider, Operations, Discovery, Templates, Offers, Quotas, Reservations {
  /** Azure allows 360 lists of machines a minute: 60 in each of the six readings of a minute. */
  static final int LISTED_IN_TURN = 60;

  private final AzureClients clients;
  private final InstantSource clock;
  private final GroupByGroup readings;
  private final SkuCatalogue catalogue;
  private final QuotaGate gate;
  private final GroupReading reading;
  private final Increases increases;
  private final RetailPrices prices;
  private final Map<String, GroupMemory> memories = new ConcurrentHashMap<>();
  private final Map<String, String> nodeResourceGroups = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  AzureProvider(AzureSettings settings, CallBudget budget, InstantSource clock) {
    this.clients = new AzureClients(settings, budget);
    this.clock = clock;
    this.readings = new GroupByGroup(clock);
    this.catalogue = new SkuCatalogue(clock);
    this.gate = new QuotaGate(catalogue);
    this.reading = new GroupReading(catalogue);
    this.increases = new Increases(gate, catalogue);
    this.prices = new RetailPrices(settings, budget, clock);
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    Instant begun = clock.instant();
    long number = count.incrementAndGet();
    Set<NodeGroupName> due = due(groups);
    Map<String, GroupFinder> finders = new ConcurrentHashMap<>();
    return readings.observe(
        groups,
        group ->
            read(() -> {
              ArmCalls calls = clients.region(group.region());
              GroupFinder finder = finders.computeIfAbsent(calls.region(), _ -> finder(calls));
              return reading.read(
                  group,
                  new GroupReading.Source(calls, finder, begun),
                  memory(group),
                  number,
                  due.contains(group.name()));
            }));
  }

  private Set<NodeGroupName> due(List<GroupReference> groups) {
    return groups.stream()
        .sorted(Comparator.comparingLong(group -> memory(group).listedIn()))
        .limit(LISTED_IN_TURN)
        .map(GroupReference::name)
        .collect(Collectors.toSet());
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return changing(
        group,
        calls -> {
          GroupId id = GroupId.of(group.cloudId());
          return increases.increase(
              calls, group, () -> finder(calls).current(id), change, operation);
        });
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return changing(
        group,
        calls -> {
          GroupId id = GroupId.of(group.cloudId());
          return new Deletions(
                  calls,
                  () -> finder(calls).current(id),
                  found -> MachineLister.machines(calls, found))
              .delete(instances);
        });
  }

  /** One change of a group at a time; what was known of it is read anew afterwards. */
  private <T> CloudOutcome<T> changing(
      GroupReference group, Function<ArmCalls, CloudOutcome<T>> change) {
    GroupMemory memory = memory(group);
    synchronized (memory.changes()) {
      try {
        return change.apply(clients.region(group.region()));
      } catch (CallFailedException failed) {
        return new CloudOutcome.Failed<>(failed.failure());
      } finally {
        memory.forget();
      }
    }
  }

  @Override
  public CloudOutcome<Progress> poll(GroupReference group, String handle) {
    try {
      ArmCalls calls = clients.region(group.region());
      CloudOutcome<Progress> outcome = Handles.poll(calls, handle, scopes(calls, group));
      return outcome instanceof CloudOutcome.Done<Progress>(Progress.Failed(CloudFailure failure))
          ? new CloudOutcome.Done<>(new Progress.Failed(narrowed(calls, group, failure)))
          : outcome;
    } catch (CallFailedException failed) {
      return new CloudOutcome.Failed<>(failed.failure());
    }
  }

  /** An operation does not say which zone was dry; its machines do. */
  private CloudFailure narrowed(ArmCalls calls, GroupReference group, CloudFailure failure) {
    if (failure.cause() != CloudFailure.Cause.CAPACITY || failure.scope().zones().size() < 2) {
      return failure;
    }
    try {
      Group found = finder(calls).current(GroupId.of(group.cloudId()));
      Set<String> zones =
          MachineLister.machines(calls, found).stream()
              .filter(machine -> machine.state() == Instance.State.FAILED)
              .map(machine -> machine.variant().zone())
              .collect(Collectors.toSet());
      FailureScope scope = failure.scope();
      return zones.isEmpty()
          ? failure
          : failure.within(new FailureScope(scope.instanceTypes(), zones, scope.purchase()));
    } catch (RuntimeException _) {
      return failure;
    }
  }

  private Scopes scopes(ArmCalls calls, GroupReference group) {
    List<Variant> variants =
        group.offerings().stream().map(offering -> offering.variant()).toList();
    Map<String, String> types = new HashMap<>();
    variants.forEach(each ->
        types.put(each.instanceType(), catalogue.family(calls.region(), each.instanceType())));
    Set<Purchase> purchases = variants.stream().map(Variant::purchase).collect(Collectors.toSet());
    return new Scopes(
        types,
        variants.stream().map(Variant::zone).collect(Collectors.toSet()),
        purchases.size() == 1 ? purchases.iterator().next() : null);
  }

  @Override
  public CloudOutcome<List<Found>> discover(String region, Map<String, String> tags) {
    return read(() -> TaggedSets.found(clients.region(region), tags));
  }

  @Override
  public CloudOutcome<List<Described>> variants(GroupReference group) {
    return read(() -> {
      ArmCalls calls = clients.region(group.region());
      Group found = finder(calls).current(GroupId.of(group.cloudId()));
      return new NodeTemplates(catalogue).described(calls, group, found);
    });
  }

  @Override
  public CloudOutcome<Map<Variant, Offer>> offers(GroupReference group) {
    return read(() -> prices.offers(group, clients.region(group.region()).region()));
  }

  @Override
  public CloudOutcome<List<Quota>> quotas(GroupReference group) {
    return read(() -> gate.quotas(clients.region(group.region()), group));
  }

  @Override
  public CloudOutcome<List<Reservation>> reservations(GroupReference group) {
    return read(() -> {
      ArmCalls calls = clients.region(group.region());
      return ReservedCapacity.of(calls, finder(calls).current(GroupId.of(group.cloudId())));
    });
  }

  private static <T> CloudOutcome<T> read(Supplier<T> call) {
    try {
      return new CloudOutcome.Done<>(call.get());
    } catch (RuntimeException error) {
      return new CloudOutcome.Failed<>(ArmErrors.ofRead(error));
    }
  }

  private GroupFinder finder(ArmCalls calls) {
    return new GroupFinder(calls, nodeResourceGroups);
  }

  private GroupMemory memory(GroupReference group) {
    return memories.computeIfAbsent(
        GroupId.lower(group.region() + "/" + group.cloudId()), _ -> new GroupMemory());
  }

  @Override
  public void close() {
    clients.close();
    prices.close();
  }
}
