package dev.windlass.simulations.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;

/** Clients of the embedded API server, each under an identity of its own. */
final class Clients {
  /** Installs, submits and audits; may do everything. */
  static final String ADMIN = "demo-admin";

  /** Scheduler, kubelets, controllers. */
  static final String WORLD = "demo-world";

  /** The machines' kubelets as far as they write Node objects. */
  static final String MACHINES = "demo-machines";

  /** The daemon, under its service account and its ClusterRole alone. */
  static final String DAEMON = "demo-windlass";

  private Clients() {}

  static KubernetesClient of(URI server, String token) {
    return new KubernetesClientBuilder().withConfig(config(server, token)).build();
  }

  static Config config(URI server, String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server.toString())
        .withOauthToken(token)
        .withNamespace("default")
        .withOnlyHttpWatches(true)
        .withRequestTimeout(20_000)
        .build();
  }
}
