package dev.windlass.daemon.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.spi.ledger.Belief;
import dev.windlass.provider.spi.ledger.GroupLedger;
import dev.windlass.provider.spi.ledger.LedgerRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may be believed of each group from what its cloud says, refreshed in the background: one
 * reading under way for each region of a cloud at most, and no region waits for another.
 */
public final class CloudCache implements AutoCloseable {
  private static final int MAX_FAILURES_KEPT = 1_000;
  private static final Duration FACTS_INTERVAL = Duration.ofMinutes(10);
  private static final Duration NOTICES_PAUSE = Duration.ofSeconds(1);

  /** What is read together. */
  private record Endpoint(String kind, String region) {}

  private final ProviderRegistry providers;
  private final Supplier<List<NodeGroupDefinition>> groups;
  private final InstantSource clock;
  private final Runnable news;
  private final Consumer<String> log;
  private final Map<NodeGroupName, GroupLedger> ledgers = new ConcurrentHashMap<>();
  private final Map<Endpoint, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<NodeGroupName, String> troubles = new ConcurrentHashMap<>();
  private final ArrayBlockingQueue<GroupFailure> failures =
      new ArrayBlockingQueue<>(MAX_FAILURES_KEPT);
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<NodeGroupName, CloudFacts> facts = new ConcurrentHashMap<>();
  private final List<Repeating> repeating = new CopyOnWriteArrayList<>();
  private final NoticeBoard notices;

  /**
   * A cache that is empty until it is started.
   *
   * @param providers the clouds
   * @param groups the groups to ask for
   * @param clock the time
   * @param news is called when a decision may have to wait no longer: a target was changed, or a
   *     purchase failed
   * @param log is told when a group can't be described, and when it can be again
   */
  public CloudCache(
      ProviderRegistry providers,
      Supplier<List<NodeGroupDefinition>> groups,
      InstantSource clock,
      Runnable news,
      Consumer<String> log) {
    this.providers = providers;
    this.groups = groups;
    this.clock = clock;
    this.news = news;
    this.log = log;
    this.notices = new NoticeBoard(providers, clock, log);
  }

  /** Asks for every group now and then again and again, this long after the last time. */
  public void start(Duration interval) {
    repeating.add(repeat("cloud-cache", interval, this::refreshAll));
    repeating.add(repeat("cloud-facts", FACTS_INTERVAL, this::refreshFacts));
  }

  /** Reads a cloud's notices without end; each reading waits for the next notice. */
  public void startNotices(String kind) {
    repeating.add(repeat("notices-" + kind, NOTICES_PAUSE, () -> notices.read(kind)));
  }

  private Repeating repeat(String name, Duration interval, Runnable task) {
    return Repeating.start(name, interval, task, failure -> log.accept(failure.toString()));
  }

  /** What may be believed of each group; those that were never read are absent. */
  public Map<NodeGroupName, CloudView> views() {
    Map<NodeGroupName, CloudView> views = new HashMap<>();
    ledgers.forEach((name, ledger) ->
        ledger
            .belief(clock.instant())
            .ifPresent(belief -> views.put(name, view(belief, factsOf(name)))));
    return views;
  }

  private CloudView view(Belief belief, CloudFacts known) {
    GroupView group = belief.view();
    GroupView marked =
        new GroupView(
            group.target(),
            group.limits(),
            notices.mark(group.instances()),
            group.failures(),
            group.remarks());
    return new CloudView(marked, belief.at(), known);
  }

  private CloudFacts factsOf(NodeGroupName group) {
    return facts.getOrDefault(group, CloudFacts.NONE);
  }

  /** What was read of a group and asked for, to be asked before each change and told after it. */
  GroupLedger ledger(NodeGroupName group) {
    return ledgers.computeIfAbsent(group, name -> new GroupLedger(name, LedgerRules.USUAL));
  }

  /** The time by which ledgers are kept. */
  Instant now() {
    return clock.instant();
  }

  /** Notes what came of an increase; the next decision counts on it before the group is read. */
  void increased(
      NodeGroupName group,
      CloudProvider.Increase change,
      OperationId operation,
      CloudOutcome<Receipt> answer) {
    ledger(group).increased(change, operation, answer, now());
    if (answer instanceof CloudOutcome.Done) {
      news.run();
    }
  }

  /** What a group's cloud last said; empty for a group without one or not yet read. */
  public Optional<CloudStanding> standing(NodeGroupName group) {
    String trouble = troubles.getOrDefault(group, "");
    Optional<Belief> belief = ledger(group).belief(clock.instant());
    return belief.isEmpty() && trouble.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CloudStanding(
                trouble,
                Stream.concat(
                        belief.stream().flatMap(each -> each.view().remarks().stream()),
                        factsOf(group).variants().stream().flatMap(CloudCache::unavailable))
                    .toList()));
  }

  /** A variant that cannot be bought is named where the group's other troubles are. */
  private static Stream<GroupView.Remark> unavailable(Templates.Described variant) {
    return variant.unavailable().isEmpty()
        ? Stream.empty()
        : Stream.of(
            new GroupView.Remark(
                GroupView.Remark.Kind.CONFIGURATION,
                variant.variant().instanceType()
                    + " in "
                    + variant.variant().zone()
                    + " cannot be bought: "
                    + variant.unavailable()));
  }

  /** The purchases that failed since this was last asked. */
  public List<GroupFailure> drainFailures() {
    List<GroupFailure> drained = new ArrayList<>();
    failures.drainTo(drained);
    return drained;
  }

  /**
   * Notes a purchase that failed; of more than a thousand between two ticks the rest is dropped.
   */
  void report(NodeGroupName group, CloudFailure failure) {
    if (!failures.offer(new GroupFailure(group, failure, clock.instant()))) {
      log.accept("dropped a failure of node group " + group + ": " + failure.message());
    }
    news.run();
  }

  /** Asks for one group and waits for the answer: after something was changed. */
  void refresh(NodeGroupDefinition definition) {
    ProviderReference provider = definition.provider();
    if (provider != null) {
      observe(new Endpoint(provider.kind(), provider.region()), List.of(definition));
    }
  }

  @Override
  public void close() {
    repeating.forEach(Repeating::close);
    calls.shutdownNow();
  }

  private void refreshAll() {
    Map<Endpoint, List<NodeGroupDefinition>> byEndpoint = new HashMap<>();
    Set<NodeGroupName> known = new HashSet<>();
    for (NodeGroupDefinition definition : groups.get()) {
      ProviderReference provider = definition.provider();
      if (provider != null) {
        known.add(definition.group().name());
        byEndpoint
            .computeIfAbsent(
                new Endpoint(provider.kind(), provider.region()), _ -> new ArrayList<>())
            .add(definition);
      }
    }
    byEndpoint.forEach(
        (endpoint, theirs) -> calls.execute(() -> refreshUnlessUnderWay(endpoint, theirs)));
    ledgers.keySet().retainAll(known);
    facts.keySet().retainAll(known);
    troubles.keySet().retainAll(known);
    locks.keySet().retainAll(byEndpoint.keySet());
  }

  private void refreshUnlessUnderWay(Endpoint endpoint, List<NodeGroupDefinition> theirs) {
    ReentrantLock lock = locks.computeIfAbsent(endpoint, _ -> new ReentrantLock());
    if (lock.tryLock()) {
      try {
        observe(endpoint, theirs);
      } catch (RuntimeException broken) {
        theirs.forEach(each -> trouble(each.group().name(), broken.toString()));
      } finally {
        lock.unlock();
      }
    }
  }

  private void observe(Endpoint endpoint, List<NodeGroupDefinition> theirs) {
    Optional<GuardedProvider> cloud = providers.provider(endpoint.kind());
    if (cloud.isEmpty()) {
      theirs.forEach(each -> trouble(each.group().name(), "no provider " + endpoint.kind()));
      return;
    }
    Instant asked = clock.instant();
    List<GroupReference> references =
        theirs.stream().flatMap(each -> each.reference().stream()).toList();
    cloud.get().observe(references).groups().forEach((name, seen) -> learn(name, seen, asked));
  }

  private void refreshFacts() {
    for (NodeGroupDefinition definition : groups.get()) {
      ProviderReference provider = definition.provider();
      if (provider != null) {
        providers
            .provider(provider.kind())
            .ifPresent(cloud -> calls.execute(() -> refreshFacts(cloud, definition)));
      }
    }
  }

  /** What cannot be read now stays as it was read before. */
  private void refreshFacts(GuardedProvider cloud, NodeGroupDefinition definition) {
    NodeGroupName name = definition.group().name();
    GroupReference group = definition.reference().orElseThrow();
    CloudFacts known = factsOf(name);
    List<Templates.Described> variants =
        cloud
            .ask(Templates.class, group.region(), able -> able.variants(group))
            .map(answer -> told(name, answer, known.variants()))
            .orElse(List.of());
    Map<Variant, Offers.Offer> offers =
        cloud
            .ask(Offers.class, group.region(), able -> able.offers(group))
            .map(answer -> told(name, answer, known.offers()))
            .orElse(Map.of());
    List<Quotas.Quota> quotas =
        cloud
            .ask(Quotas.class, group.region(), able -> able.quotas(group))
            .map(answer -> told(name, answer, known.quotas()))
            .orElse(List.of());
    facts.put(name, new CloudFacts(variants, offers, quotas));
  }

  private <T> T told(NodeGroupName group, CloudOutcome<T> answer, T before) {
    return switch (answer) {
      case CloudOutcome.Done<T> done -> done.value();
      case CloudOutcome<T> other -> {
        log.accept("cannot read what node group " + group + " may bring: " + other);
        yield before;
      }
    };
  }

  private void learn(NodeGroupName name, CloudOutcome<GroupView> seen, Instant asked) {
    GroupLedger ledger = ledger(name);
    ledger.read(seen, asked);
    switch (seen) {
      case CloudOutcome.Done<GroupView> done -> {
        done.value().failures().forEach(each -> report(name, each.failure()));
        String doubt = ledger.belief(clock.instant()).map(Belief::trouble).orElse("");
        trouble(name, doubt.isEmpty() ? null : doubt);
      }
      case CloudOutcome.Conflict<GroupView> conflict -> trouble(name, conflict.message());
      case CloudOutcome.Failed<GroupView> failed -> trouble(name, failed.failure().message());
      case CloudOutcome.Unknown<GroupView> unknown -> trouble(name, unknown.message());
    }
  }

  private void trouble(NodeGroupName group, @Nullable String message) {
    String before = message == null ? troubles.remove(group) : troubles.put(group, message);
    if (message != null && !message.equals(before)) {
      log.accept("cannot describe node group " + group + ": " + message);
    } else if (message == null && before != null) {
      log.accept("can describe node group " + group + " again");
    }
  }
}
