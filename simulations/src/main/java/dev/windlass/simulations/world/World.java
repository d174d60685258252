package dev.windlass.simulations.world;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Runs the world's actors, one after the other on one thread, until it is closed. */
public final class World implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(40);

  private final ClusterCache cluster;
  private final List<Actor> actors;
  private final Writes writes;
  private final LoadModel load;
  private final PodPages pages;
  private final InstantSource clock;
  private final Thread thread;

  /**
   * Starts with every actor.
   *
   * @param client with every right, for reading and for the informers
   * @param hardware the machines beneath the nodes
   */
  public World(
      KubernetesClient client, Hardware hardware, Writes writes, Pace pace, InstantSource clock) {
    this(
        client,
        writes,
        pace,
        clock,
        pages ->
            List.of(
                new Deployments(writes),
                new Jobs(writes),
                new DaemonSets(writes),
                new SimulatedScheduler(writes),
                new Kubelets(writes, hardware, pace, pages),
                pages,
                new GpuOperands(writes, hardware, pace),
                new PodGarbageCollector(writes)));
  }

  private World(
      KubernetesClient client,
      Writes writes,
      Pace pace,
      InstantSource clock,
      Function<PodPages, List<Actor>> actors) {
    this.cluster = new ClusterCache(client);
    this.clock = clock;
    this.writes = writes;
    this.load = new LoadModel(cluster, pace);
    this.pages = new PodPages(load, clock);
    this.actors = actors.apply(pages);
    this.thread = Thread.ofPlatform().name("world").daemon().start(this::run);
  }

  /** Starts with those alone whom no program of Kubernetes plays: the agents on GPU nodes. */
  public static World besideControlPlane(
      KubernetesClient client, Hardware hardware, Writes writes, Pace pace, InstantSource clock) {
    return new World(
        client, writes, pace, clock, _ -> List.of(new GpuOperands(writes, hardware, pace)));
  }

  /** What its pods report of their load. */
  LoadModel load() {
    return load;
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      Instant now = clock.instant();
      actors.forEach(actor -> step(actor, now));
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** One actor's mistake stops neither the others nor its own next step, and is told. */
  private void step(Actor actor, Instant now) {
    try {
      actor.step(cluster, now);
    } catch (RuntimeException mistake) {
      writes.report(actor.getClass().getSimpleName() + ": " + mistake);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    pages.close();
    cluster.close();
  }
}
