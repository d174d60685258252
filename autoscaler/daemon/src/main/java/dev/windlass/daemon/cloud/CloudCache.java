package dev.windlass.daemon.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * What each cloud last said of each group, refreshed in the background: one call under way for each
 * group at most, and no group waits for another.
 */
public final class CloudCache implements AutoCloseable {
  private static final int MAX_FAILURES_KEPT = 1_000;

  private final ProviderRegistry providers;
  private final Supplier<List<NodeGroupDefinition>> groups;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Map<NodeGroupName, CloudView> views = new ConcurrentHashMap<>();
  private final Map<NodeGroupName, ReentrantLock> locks = new ConcurrentHashMap<>();
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
    ReentrantLock lock = lockOf(definition);
    lock.lock();
    try {
      describe(definition);
    } finally {
      lock.unlock();
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
    Set<NodeGroupName> known = new HashSet<>();
    for (NodeGroupDefinition definition : groups.get()) {
      if (definition.provider() != null) {
        known.add(definition.group().name());
        calls.execute(() -> refreshUnlessUnderWay(definition));
      }
    }
    views.keySet().retainAll(known);
    troubles.keySet().retainAll(known);
    locks.keySet().retainAll(known);
  }

  private void refreshUnlessUnderWay(NodeGroupDefinition definition) {
    ReentrantLock lock = lockOf(definition);
    if (lock.tryLock()) {
      try {
        describe(definition);
      } catch (RuntimeException broken) {
        trouble(definition.group().name(), broken.toString());
      } finally {
        lock.unlock();
      }
    }
  }

  private ReentrantLock lockOf(NodeGroupDefinition definition) {
    return locks.computeIfAbsent(definition.group().name(), _ -> new ReentrantLock());
  }

  private void describe(NodeGroupDefinition definition) {
    NodeGroupName name = definition.group().name();
    ProviderReference provider = definition.provider();
    Optional<GroupReference> reference = definition.reference();
    if (provider == null || reference.isEmpty()) {
      return;
    }
    Optional<CloudProvider> cloud = providers.provider(provider.kind());
    if (cloud.isEmpty()) {
      trouble(name, "no provider " + provider.kind());
      return;
    }
    Instant asked = clock.instant();
    switch (cloud.get().describe(reference.get())) {
      case CloudOutcome.Done<GroupView> done -> {
        views.put(name, new CloudView(done.value(), asked));
        done.value().failures().forEach(each -> report(name, each.failure()));
        trouble(name, null);
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
