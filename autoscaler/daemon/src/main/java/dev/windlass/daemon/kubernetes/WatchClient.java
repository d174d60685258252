package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.cloud.Repeating;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The client of the informers. Each of its watches has a connection of its own, which ends with it:
 * over HTTP/2 all of them would share one, and a new watch would take the same dead one again.
 */
final class WatchClient implements AutoCloseable {
  private static final int LOOKS_PER_LIMIT = 8;

  private final KubernetesClient client;
  private final WatchHeartbeats heartbeats;
  private final Repeating repeating;

  /**
   * A client of the same cluster under the same identity.
   *
   * @param limit how long a watch may say nothing before another one is begun
   * @param failures is told of each watch that is ended for that
   */
  WatchClient(Config config, Duration limit, Consumer<String> failures) {
    Duration answerLimit =
        limit.compareTo(KubernetesClients.REQUEST_TIMEOUT) < 0
            ? limit
            : KubernetesClients.REQUEST_TIMEOUT;
    heartbeats = new WatchHeartbeats(limit, answerLimit, System::nanoTime);
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config).withOnlyHttpWatches(true).withHttp2Disable(true).build())
            .withKubernetesSerialization(TolerantReading.serialization())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("watch-heartbeats", heartbeats))
            .build();
    repeating =
        Repeating.start(
            "watch-heartbeats",
            limit.dividedBy(LOOKS_PER_LIMIT),
            () ->
                heartbeats
                    .endTheSilent()
                    .forEach(
                        path -> failures.accept("watch of " + path + " was silent for " + limit)),
            failure -> failures.accept("" + failure));
  }

  KubernetesClient client() {
    return client;
  }

  WatchHeartbeats heartbeats() {
    return heartbeats;
  }

  @Override
  public void close() {
    repeating.close();
    client.close();
  }
}
