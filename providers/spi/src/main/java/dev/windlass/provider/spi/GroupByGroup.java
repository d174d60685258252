package dev.windlass.provider.spi;

import dev.windlass.core.model.NodeGroupName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Reads groups side by side where a cloud has no request for several, a bounded number at a time.
 */
public final class GroupByGroup {
  private static final int AT_A_TIME = 32;

  private final InstantSource clock;
  private final AtomicLong generation = new AtomicLong();
  private final Semaphore places = new Semaphore(AT_A_TIME);

  /** Readings that are dated by this clock. */
  public GroupByGroup(InstantSource clock) {
    this.clock = clock;
  }

  /** Reads each group; a reading that throws is that group's alone. */
  public Observation observe(
      List<GroupReference> groups, Function<GroupReference, CloudOutcome<GroupView>> read) {
    Instant begun = clock.instant();
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      groups.forEach(group -> threads.execute(() -> seen.put(group.name(), read(group, read))));
    }
    return new Observation(generation.incrementAndGet(), begun, seen);
  }

  private CloudOutcome<GroupView> read(
      GroupReference group, Function<GroupReference, CloudOutcome<GroupView>> read) {
    places.acquireUninterruptibly();
    try {
      return read.apply(group);
    } catch (RuntimeException broken) {
      return new CloudOutcome.Unknown<>("cannot read group " + group.cloudId() + ": " + broken);
    } finally {
      places.release();
    }
  }
}
