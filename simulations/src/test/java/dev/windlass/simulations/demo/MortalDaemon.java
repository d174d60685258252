package dev.windlass.simulations.demo;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A daemon that dies before one of its writes, as far as the world can tell: from then on nothing
 * that it does leaves it, neither to the API server nor to the cloud. Reports and the Lease are no
 * writes to be counted, but end with it.
 */
final class MortalDaemon implements AutoCloseable {
  private final int lifetime;
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicBoolean dead = new AtomicBoolean();
  private final KubernetesClient client;
  private final CloudTap cloud;
  private final Daemon daemon;

  /**
   * Starts.
   *
   * @param lifetime after how many writes it dies
   * @param passes asked before a request that may pass is sent to the cloud, with its method
   */
  MortalDaemon(DemoStage stage, int lifetime, Predicate<String> passes) throws IOException {
    this.lifetime = lifetime;
    client =
        new KubernetesClientBuilder()
            .withConfig(Clients.config(stage.apiServer(), Clients.DAEMON))
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("mortality", new Mortality()))
            .build();
    cloud =
        new CloudTap(
            URI.create(setting(stage, "endpoint")),
            method -> (method.equals("GET") ? !dead() : mayWrite()) && passes.test(method));
    daemon = Daemon.start(settings(cloud.uri(), setting(stage, "token")), client);
  }

  private static String setting(DemoStage stage, String key) {
    return Objects.requireNonNull(stage.providers().get("simulated")).getOrDefault(key, "");
  }

  /** A daemon's settings for a stage, with short waits. */
  static DaemonSettings settings(DemoStage stage) {
    return settings(URI.create(setting(stage, "endpoint")), setting(stage, "token"));
  }

  private static DaemonSettings settings(URI cloud, String token) {
    String text =
        """
        apiVersion: windlass.dev/v1alpha1
        kind: Configuration
        spec:
          pacing: {interval: 250ms, gather: 20ms}
          scaleDown: {unneededTime: 700ms, delayAfterAdd: 200ms}
          leaderElection: {leaseDuration: 2s, renewDeadline: 1200ms, retryPeriod: 200ms}
          http: {address: 127.0.0.1, port: 0}
          providers: {simulated: {endpoint: "%s", token: %s}}
        """
            .formatted(cloud, token);
    return switch (Configuration.parse(YAMLMapper.builder().build().readTree(text))) {
      case Parsed.Ok<DaemonSettings> ok -> ok.value();
      case Parsed.Bad<DaemonSettings> bad -> throw new IllegalStateException(bad.message());
    };
  }

  private final class Mortality implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String path = request.uri().getPath();
      boolean counted = !path.contains("/leases") && !path.contains("/events");
      boolean passes = request.method().equals("GET") || (counted ? mayWrite() : !dead());
      if (!passes) {
        throw new KubernetesClientException("this process is dead");
      }
    }
  }

  private boolean mayWrite() {
    if (!dead() && writes.getAndIncrement() >= lifetime) {
      die();
    }
    return !dead();
  }

  /** Nothing leaves it any more, but what is on its way. */
  void die() {
    dead.set(true);
  }

  /** It was but paused and goes on. */
  void goOn() {
    dead.set(false);
  }

  /** How many changes the cloud has answered. */
  int answers() {
    return cloud.answers();
  }

  boolean dead() {
    return dead.get();
  }

  boolean leading() {
    return daemon.leading();
  }

  /** How many writes it has made. */
  int writes() {
    return Math.min(writes.get(), lifetime);
  }

  @Override
  public void close() {
    daemon.close();
    client.close();
    cloud.close();
  }
}
