package dev.windlass.simulations.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A million events of few objects, each a change, while the cluster is looked at all the time. The
 * same over many objects: {@link LargeClusterSimulation}.
 */
class EventFloodSimulation {
  private static final int EVENTS = 1_000_000;
  private static final int PODS = 100;
  private static final int LOOKS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MEBIBYTE = 1 << 20;
  private static final String POD_LIST = "/api/v1/pods";

  @Test
  void takesNoMoreMemoryAtItsEndThanAtItsBegin() {
    try (FeedServer server =
            FeedServer.start(List.of(new Feed(POD_LIST, PODS, number -> pod(number, 0))));
        FedObserver observer = new FedObserver(server.uri(), InstantSource.system())) {
      assertThat(observer.first(PATIENCE).workloads().pods()).hasSize(PODS);
      observer.await("it watches", PATIENCE, () -> server.watches(POD_LIST) == 1);
      long before = heapMebibytes();
      long begin = System.nanoTime();
      long slowest = 0;
      for (int event = 1; event <= EVENTS; event++) {
        server.send(POD_LIST, "MODIFIED", pod(event % PODS, event));
        if (event % (EVENTS / LOOKS) == 0) {
          slowest = Math.max(slowest, look(observer));
        }
      }
      server.send(POD_LIST, "ADDED", pod(PODS, EVENTS));
      observer.await(
          "the last event is seen",
          PATIENCE,
          () -> observer.now().workloads().pods().size() == PODS + 1);
      long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      long after = heapMebibytes();
      System.out.printf(
          "%d events in %d s, heap %d MiB before and %d MiB after, slowest look %d ms%n",
          EVENTS, seconds, before, after, slowest);

      assertThat(observer.now().workloads().pods().getFirst().metadata().labels().get("event"))
          .isEqualTo(Integer.toString(EVENTS));
      assertThat(after - before).as("MiB more").isLessThan(64);
      assertThat(EVENTS / Math.max(1, seconds)).as("events a second").isGreaterThan(2_000);
      assertThat(slowest).as("ms of the slowest look").isLessThan(2_000);
    }
  }

  private static long look(FedObserver observer) {
    long begin = System.nanoTime();
    assertThat(observer.now().workloads().pods()).hasSize(PODS);
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  private static long heapMebibytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE;
  }

  private static String pod(int number, int event) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"namespace":"default","name":"pod-%1$05d",\
    "uid":"10000000-0000-4000-8000-%1$012d","resourceVersion":"%2$d",\
    "creationTimestamp":"2026-11-22T08:00:00Z","labels":{"event":"%2$d"}},\
    "spec":{"nodeName":"node-1","containers":[{"name":"main","image":"pause",\
    "resources":{"requests":{"cpu":"%3$dm"}}}]},"status":{"phase":"Running"}}\
    """
        .formatted(number, event, event % 977 + 1);
  }
}
