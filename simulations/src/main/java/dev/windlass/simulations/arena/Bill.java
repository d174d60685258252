package dev.windlass.simulations.arena;

import dev.windlass.core.model.Instance;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.cloud.MachineBoot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the cloud's machines cost while it is open, by the twentieth of a second. */
final class Bill implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();

  private final CloudState cloud;
  private final List<String> groups;
  private final InstantSource clock;
  private final Map<String, Instant> ordered = new HashMap<>();
  private final Thread thread;
  private Instant last;
  private double usd;

  Bill(CloudState cloud, List<String> groups, InstantSource clock) {
    this.cloud = cloud;
    this.groups = groups;
    this.clock = clock;
    this.last = clock.instant();
    thread = Thread.ofPlatform().name("bill").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        step();
        Thread.sleep(STEP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void step() {
    Instant now = clock.instant();
    usd += cloud.hourlyCost().usdPerHour() * Duration.between(last, now).toNanos() / NANOS_PER_HOUR;
    last = now;
    for (String group : groups) {
      if (cloud.describe(group, now) instanceof CloudOutcome.Done<GroupView>(GroupView view)) {
        for (Instance instance : view.instances()) {
          ordered.putIfAbsent(MachineBoot.nodeName(instance), instance.createdAt());
        }
      }
    }
  }

  /** US dollars until now. */
  synchronized double usd() {
    step();
    return usd;
  }

  /** When the machine of each node was ordered. */
  synchronized Map<String, Instant> ordered() {
    return Map.copyOf(ordered);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
