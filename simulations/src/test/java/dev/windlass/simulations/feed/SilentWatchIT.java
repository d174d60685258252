package dev.windlass.simulations.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Informers notice when their connections are dead although nobody has closed them. */
class SilentWatchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final int MAX_BOOKMARKS = 600;
  private static final String NODES = "/api/v1/nodes";
  private static final String BOOKMARK =
      "{\"kind\":\"Node\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"}}";

  private final FeedServer server =
      FeedServer.start(List.of(new Feed(NODES, 3, LargeCluster::node)));
  private final SilentRelay relay = new SilentRelay(server.uri());
  private final FedObserver observer =
      new FedObserver(relay.uri(), InstantSource.system(), SILENCE);

  @BeforeEach
  void read() {
    assertThat(observer.first(PATIENCE).capacity().nodes()).hasSize(3);
    observer.await("it watches", PATIENCE, () -> server.watches(NODES) >= 1);
  }

  @AfterEach
  void close() {
    observer.close();
    relay.close();
    server.close();
  }

  /** How old the view of the cluster is by its own word. */
  private Duration age() {
    Instant seen = observer.now().observedAt().getOrDefault(Source.KUBERNETES, Instant.MIN);
    return Duration.between(seen, Instant.now());
  }

  @Test
  void watchesAgainWhenAWatchSaysNothingAnyMore() {
    int before = server.watches(NODES);
    relay.silenceAll();

    observer.await("it watches again", PATIENCE, () -> server.watches(NODES) > before);
    server.send(NODES, "ADDED", LargeCluster.node(3));
    observer.await(
        "the new node is seen", PATIENCE, () -> observer.now().capacity().nodes().size() == 4);
    assertThat(observer.failures).anyMatch(it -> it.contains(NODES + " was silent for PT1S"));
  }

  @Test
  void saysHowOldItsViewIsWhileNothingPasses() {
    relay.mute(true);
    relay.silenceAll();
    observer.await("its view is old", PATIENCE, () -> age().compareTo(SILENCE.multipliedBy(4)) > 0);

    relay.mute(false);
    relay.silenceAll();
    observer.await(
        "its view is young again", PATIENCE, () -> age().compareTo(SILENCE.multipliedBy(2)) < 0);
  }

  @Test
  void keepsAWatchThatHearsABookmarkNowAndThen() throws InterruptedException {
    server.send(NODES, "BOOKMARK", BOOKMARK.formatted(1));
    int before = server.watches(NODES);
    int others = server.watches("/api/v1/namespaces");
    int bookmark = 2;
    while (server.watches("/api/v1/namespaces") < others + 3 && bookmark < MAX_BOOKMARKS) {
      server.send(NODES, "BOOKMARK", BOOKMARK.formatted(bookmark++));
      TimeUnit.MILLISECONDS.sleep(SILENCE.toMillis() / 10);
    }

    assertThat(bookmark).as("others were begun again").isLessThan(MAX_BOOKMARKS);
    assertThat(server.watches(NODES)).isEqualTo(before);
  }
}
