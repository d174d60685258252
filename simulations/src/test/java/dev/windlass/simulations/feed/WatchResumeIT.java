package dev.windlass.simulations.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Informers go on after their connections were cut and their versions have expired. */
class WatchResumeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NODES = "/api/v1/nodes";

  private FeedServer server = FeedServer.start(List.of(nodes(3)));
  private FedObserver observer = new FedObserver(server.uri(), InstantSource.system());

  @BeforeEach
  void read() {
    assertThat(observer.first(PATIENCE).capacity().nodes()).hasSize(3);
    observer.await("it watches", PATIENCE, () -> server.watches(NODES) == 1);
  }

  @AfterEach
  void close() {
    observer.close();
    server.close();
  }

  private static Feed nodes(int count) {
    return new Feed(NODES, count, LargeCluster::node);
  }

  private void awaitNodes(int count) {
    observer.await(
        count + " nodes", PATIENCE, () -> observer.now().capacity().nodes().size() == count);
  }

  @Test
  void seesWhatIsSent() {
    server.send(NODES, "ADDED", LargeCluster.node(3));
    awaitNodes(4);
    server.send(NODES, "DELETED", LargeCluster.node(0));
    awaitNodes(3);
  }

  @Test
  void watchesAgainAfterTheConnectionWasCut() {
    server.drop(NODES);

    observer.await("it watches again", PATIENCE, () -> server.watches(NODES) == 2);
    server.send(NODES, "ADDED", LargeCluster.node(3));
    awaitNodes(4);
  }

  @Test
  void readsTheListAnewWhenItsVersionHasExpired() {
    server.replace(nodes(5));
    server.expire(true);
    server.drop(NODES);
    awaitNodes(5);

    server.expire(false);
    int before = server.watches(NODES);
    observer.await("it watches again", PATIENCE, () -> server.watches(NODES) > before);
  }

  @Test
  void takesABookmarkForNoObject() {
    server.send(
        NODES,
        "BOOKMARK",
        "{\"kind\":\"Node\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"99\"}}");
    server.send(NODES, "ADDED", LargeCluster.node(3));

    awaitNodes(4);
  }
}
