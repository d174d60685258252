package dev.windlass.daemon.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each cloud last said of each group, refreshed in the background: one reading under way for
 * each region of a cloud at most, and no region waits for another.
 */
public final class CloudCache implements AutoCloseable {
  private static final int MAX_FAILURES_KEPT = 1_000;

  /** What is read together. */
  private record Endpoint(String kind, String region) {}

  private final ProviderRegistry providers;
  private final Supplier<List<NodeGroupDefinition>> groups;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Map<NodeGroupName, CloudView> views = new ConcurrentHashMap<>();
  private final Map<Endpoint, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<NodeGroupName, String> troubles = new ConcurrentHashMap<>();
  private final ArrayBlockingQueue<GroupFailure> failures =
      new ArrayBlockingQueue<>(MAX_FAILURES_KEPT);
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable Repeating repeating;

  /**
   * A cache that is empty until it is started.
   *
   * @param providers the clouds
   * @param groups the groups to ask for
   * @param clock the time
   * @param log is told when a group can't be described, and when it can be again
   */
  public CloudCache(
      ProviderRegistry providers,
      Supplier<List<NodeGroupDefinition>> groups,
      InstantSource clock,
      Consumer<String> log) {
    this.providers = providers;
    this.groups = groups;
    this.clock = clock;
    this.log = log;
  }

  /** Asks for every group now and then again and again, this long after the last time. */
  public void start(Duration interval) {
    repeating =
        Repeating.start(
            "cloud-cache", interval, this::refreshAll, failure -> log.accept(failure.toString()));
  }

  /** What each cloud said; groups of which nothing is known yet are absent. */
  public Map<NodeGroupName, CloudView> views() {
    return Map.copyOf(views);
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
    if (repeating != null) {
      repeating.close();
    }
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
    views.keySet().retainAll(known);
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

  private void learn(NodeGroupName name, CloudOutcome<GroupView> seen, Instant asked) {
    switch (seen) {
      case CloudOutcome.Done<GroupView> done -> {
        views.merge(name, new CloudView(done.value(), asked), CloudCache::later);
        done.value().failures().forEach(each -> report(name, each.failure()));
        trouble(name, null);
      }
      case CloudOutcome.Conflict<GroupView> conflict -> trouble(name, conflict.message());
      case CloudOutcome.Failed<GroupView> failed -> trouble(name, failed.failure().message());
      case CloudOutcome.Unknown<GroupView> unknown -> trouble(name, unknown.message());
    }
  }

  /** A reading of all groups may end after one that was begun later for a single group. */
  private static CloudView later(CloudView known, CloudView other) {
    return other.at().isBefore(known.at()) ? known : other;
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
