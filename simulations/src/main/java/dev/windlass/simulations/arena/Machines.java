package dev.windlass.simulations.arena;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Resources;
import dev.windlass.simulations.cloud.CloudEvent;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.cloud.MachineBoot;
import dev.windlass.simulations.cloud.NodeObjects;
import dev.windlass.simulations.world.Writes;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The machines of the arena, each on a thread of its own: a Node object at once, Ready after the
 * cloud's delay, and its GPUs advertised 20 to 40 seconds later.
 */
final class Machines implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration SOONEST_DEVICES = Duration.ofSeconds(20);
  private static final int DEVICES_SPREAD_MILLIS = 20_000;
  private static final int MAX_TRIES = 20;

  private final CloudState cloud;
  private final Writes writes;
  private final InstantSource clock;
  private final long seed;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Begins to boot what the cloud sells.
   *
   * @param writes the API server, under the identity that writes Node objects
   * @param seed of how late the GPUs of each machine are
   */
  Machines(CloudState cloud, Writes writes, InstantSource clock, long seed) {
    this.cloud = cloud;
    this.writes = writes;
    this.clock = clock;
    this.seed = seed;
    threads.execute(this::run);
  }

  private void run() {
    try {
      while (true) {
        for (CloudEvent event : cloud.takeEvents(clock.instant())) {
          String name = MachineBoot.nodeName(event.instance());
          switch (event) {
            case CloudEvent.Launched launched -> threads.execute(() -> boot(name, launched));
            case CloudEvent.LaunchFailed _ -> {}
            case CloudEvent.Gone _ -> threads.execute(() -> stop(name));
          }
        }
        Thread.sleep(STEP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void boot(String name, CloudEvent.Launched launched) {
    try {
      Instance instance = launched.instance();
      Instant ordered = instance.createdAt();
      Node node = NodeObjects.registered(name, instance, launched.offering(), ordered);
      untilDone("create Node " + name, client -> client.resource(node).create());
      sleepUntil(ordered.plus(cloud.delays().readiness()));
      change(name, seen -> NodeObjects.withReadiness(seen, true, clock.instant()));
      Resources devices = NodeObjects.devices(launched.offering().template().allocatable());
      if (!devices.amounts().isEmpty()) {
        Thread.sleep(lateness(name));
        change(name, seen -> advertising(seen, devices));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration lateness(String name) {
    Random random = new Random(seed * 31 + name.hashCode());
    return SOONEST_DEVICES.plusMillis(random.nextInt(DEVICES_SPREAD_MILLIS));
  }

  private void stop(String name) {
    try {
      change(name, seen -> NodeObjects.withReadiness(seen, false, clock.instant()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Node advertising(Node node, Resources devices) {
    return new NodeBuilder(node)
        .editStatus()
        .addToAllocatable(NodeObjects.quantities(devices))
        .addToCapacity(NodeObjects.quantities(devices))
        .endStatus()
        .build();
  }

  private void sleepUntil(Instant moment) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), moment);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  /** Changes a status; a Node that is gone stays gone. */
  private void change(String name, UnaryOperator<Node> change) throws InterruptedException {
    untilDone(
        "status of Node " + name,
        client -> {
          Node node = client.nodes().withName(name).get();
          if (node != null) {
            client.resource(change.apply(node)).updateStatus();
          }
        });
  }

  private void untilDone(String what, Consumer<KubernetesClient> change)
      throws InterruptedException {
    for (int tries = 0; tries < MAX_TRIES && !writes.attempt(what, change); tries++) {
      Thread.sleep(STEP);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
