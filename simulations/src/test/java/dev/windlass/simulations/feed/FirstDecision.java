package dev.windlass.simulations.feed;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.ClusterMaps;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Reads a cluster from a feed and decides once, in a process of its own: {@code main URI} prints
 * what it saw and what that took, and then waits for a pod more.
 */
final class FirstDecision {
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final long MEBIBYTE = 1 << 20;

  private FirstDecision() {}

  public static void main(String[] arguments) {
    InstantSource clock = InstantSource.system();
    try (FedObserver observer = new FedObserver(URI.create(arguments[0]), clock)) {
      ClusterSnapshot snapshot = observer.first(PATIENCE);
      say("synced");
      Decision decision =
          Decider.decide(
              snapshot, AutoscalerState.EMPTY, Policy.DEFAULT, clock.instant(), new ClusterMaps());
      say("decided");
      System.out.printf(
          "seen %d nodes %d pods %d kept%n",
          snapshot.capacity().nodes().size(),
          snapshot.workloads().pods().size(),
          decision.plans().scaleDown().kept().size());
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf("heap %d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE);
      int pods = snapshot.workloads().pods().size();
      observer.await(
          "the last event adds a pod",
          PATIENCE,
          () -> observer.now().workloads().pods().size() > pods);
      say("events");
    }
    System.exit(0);
  }

  /** Wall time since the process began, and the processor time that it took. */
  private static void say(String what) {
    long wall = ManagementFactory.getRuntimeMXBean().getUptime();
    long cpu =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime()
            / 1_000_000;
    System.out.printf("%s after %d ms, cpu %d ms%n", what, wall, cpu);
  }
}
