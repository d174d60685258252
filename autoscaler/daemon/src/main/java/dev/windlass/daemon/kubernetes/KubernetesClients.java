package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/**
 * Makes the daemon's client of the API server: bounded in time and in retries, and without HTTP/2,
 * whose one connection for everything stays in use for a quarter of an hour after it has died.
 */
public final class KubernetesClients {
  /** Shorter than any lease, so that a call of a deposed leader has ended before its lease has. */
  public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(8);

  private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
  private static final int MAX_RETRIES = 1;

  private KubernetesClients() {}

  /** The cluster that the process runs in, or the one that the kubeconfig names. */
  public static KubernetesClient usual() {
    return of(Config.autoConfigure(null));
  }

  /** A client of the cluster that the configuration names. */
  public static KubernetesClient of(Config config) {
    Config bounded =
        new ConfigBuilder(config)
            .withOnlyHttpWatches(true)
            .withHttp2Disable(true)
            .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
            .withConnectionTimeout(CONNECT_TIMEOUT_MILLIS)
            .withRequestRetryBackoffLimit(MAX_RETRIES)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(bounded)
        .withKubernetesSerialization(TolerantReading.serialization())
        .build();
  }
}
