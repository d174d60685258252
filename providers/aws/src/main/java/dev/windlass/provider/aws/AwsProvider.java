package dev.windlass.provider.aws;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Notices;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Reservations;
import dev.windlass.provider.spi.Templates;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Auto Scaling groups, those of managed node groups of EKS included. A group's cloud id is its
 * name; which of its types a purchase takes is the group's own choice.
 */
final class AwsProvider
    implements CloudProvider, Discovery, Templates, Offers, Quotas, Reservations, Notices {
  private final AwsClients clients;
  private final InstantSource clock;
  private final boolean hasQueue;
  private final SideBySide sideBySide = new SideBySide(AwsClients.AT_A_TIME);
  private final AtomicLong generation = new AtomicLong();
  private final Growth growth = new Growth();
  private final VariantReader variants = new VariantReader();
  private final PriceReader prices;
  private final QuotaReader quotas;
  private final Map<String, RegionReader> readers = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private @Nullable NoticeQueue queue;

  AwsProvider(AwsClients clients, boolean hasQueue, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
    this.hasQueue = hasQueue;
    this.prices = new PriceReader(clients, clock);
    this.quotas = new QuotaReader(clock);
  }

  @Override
  public <C> Optional<C> capability(Class<C> type) {
    return type.equals(Notices.class) && !hasQueue
        ? Optional.empty()
        : CloudProvider.super.capability(type);
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    Instant begun = clock.instant();
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new ConcurrentHashMap<>();
    Map<String, List<GroupReference>> byRegion =
        groups.stream().collect(Collectors.groupingBy(GroupReference::region));
    new SideBySide(Math.max(1, byRegion.size()))
        .each(byRegion.entrySet(), region -> read(region.getKey(), region.getValue(), seen));
    return new Observation(generation.incrementAndGet(), begun, seen);
  }

  private void read(
      String region,
      List<GroupReference> groups,
      Map<NodeGroupName, CloudOutcome<GroupView>> seen) {
    try {
      seen.putAll(reader(region).read(groups));
    } catch (CallFailedException failed) {
      groups.forEach(group -> seen.put(group.name(), new CloudOutcome.Failed<>(failed.failure())));
    } catch (RuntimeException malformed) {
      groups.forEach(group ->
          seen.put(group.name(), new CloudOutcome.Unknown<>("cannot be read: " + malformed)));
    }
  }

  private RegionReader reader(String region) {
    RegionCalls calls = clients.region(region);
    return readers.computeIfAbsent(calls.name(), _ -> new RegionReader(calls, sideBySide, clock));
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return outcome(() -> {
      GroupCalls calls = clients.region(group.region()).groups();
      synchronized (lock(group)) {
        return growth.increase(group, change, operation, calls);
      }
    });
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return outcome(() -> {
      GroupCalls calls = clients.region(group.region()).groups();
      synchronized (lock(group)) {
        return new Shrinking(group, calls).delete(instances);
      }
    });
  }

  /** One group grows or shrinks at a time. */
  private Object lock(GroupReference group) {
    return locks.computeIfAbsent(group.region() + "/" + group.cloudId(), _ -> new Object());
  }

  /** The group as it is now; throws for one that does not exist. */
  static AutoScalingGroup require(GroupCalls calls, String name) {
    return calls.groups(List.of(name)).stream()
        .filter(group -> group.autoScalingGroupName().equals(name))
        .findFirst()
        .orElseThrow(() -> new CallFailedException(RegionReader.missing(name)));
  }

  @Override
  public CloudOutcome<List<Found>> discover(String region, Map<String, String> tags) {
    return outcome(() -> {
      RegionCalls calls = clients.region(region);
      List<Found> found =
          calls.groups().tagged(tags).stream()
              .map(group ->
                  new Found(
                      group.autoScalingGroupName(),
                      calls.name(),
                      group.minSize(),
                      group.maxSize(),
                      GroupTags.of(group)))
              .toList();
      return new CloudOutcome.Done<>(found);
    });
  }

  @Override
  public CloudOutcome<List<Described>> variants(GroupReference group) {
    return outcome(() -> {
      RegionCalls calls = clients.region(group.region());
      return new CloudOutcome.Done<>(
          variants.read(require(calls.groups(), group.cloudId()), calls));
    });
  }

  @Override
  public CloudOutcome<Map<Variant, Offer>> offers(GroupReference group) {
    return outcome(() -> new CloudOutcome.Done<>(prices.read(group)));
  }

  @Override
  public CloudOutcome<List<Quota>> quotas(GroupReference group) {
    return outcome(
        () -> new CloudOutcome.Done<>(quotas.read(group, clients.region(group.region()))));
  }

  @Override
  public CloudOutcome<List<Reservation>> reservations(GroupReference group) {
    return outcome(() ->
        new CloudOutcome.Done<>(
            ReservationReader.read(group, clients.region(group.region()).compute())));
  }

  @Override
  public CloudOutcome<List<Notice>> notices() {
    return outcome(() -> new CloudOutcome.Done<>(queue().receive()));
  }

  @Override
  public CloudOutcome<Integer> settle(List<Notice> notices) {
    return outcome(() -> queue().settle(notices));
  }

  /** Made when it is first asked for: until then nothing says that there is a region. */
  synchronized NoticeQueue queue() {
    NoticeQueue made = queue;
    if (made == null) {
      made = new NoticeQueue(clients.queue(), clients.region(""), reader("")::providerId);
      queue = made;
    }
    return made;
  }

  private static <T> CloudOutcome<T> outcome(Supplier<CloudOutcome<T>> call) {
    try {
      return call.get();
    } catch (CallFailedException failed) {
      return new CloudOutcome.Failed<>(failed.failure());
    } catch (RuntimeException malformed) {
      return new CloudOutcome.Unknown<>("the answer of AWS cannot be read: " + malformed);
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
