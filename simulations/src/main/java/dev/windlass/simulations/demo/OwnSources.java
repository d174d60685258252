package dev.windlass.simulations.demo;

import dev.windlass.simulations.world.MetricsApis;
import dev.windlass.simulations.world.PodPages;
import dev.windlass.simulations.world.PrometheusServer;
import dev.windlass.simulations.world.TextPage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sources that the daemon asks without a metrics API between, as far as this machine has them: a
 * real Prometheus, and addresses at which pods serve their own metrics.
 */
final class OwnSources implements AutoCloseable {
  private static final Duration SCRAPE_INTERVAL = Duration.ofMillis(500);
  private static final String LOOPBACK = "127.0.0.1";

  private final boolean podPages = PodPages.possible();
  private final @Nullable TextPage page;
  private final @Nullable PrometheusServer prometheus;

  /** Starts Prometheus, where one is installed. */
  OwnSources(MetricsApis metrics) throws IOException {
    Optional<Path> program = PrometheusServer.program();
    page =
        program.isEmpty()
            ? null
            : new TextPage(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), metrics::cpuPage);
    prometheus = page == null ? null : start(program.orElseThrow(), page);
  }

  private static @Nullable PrometheusServer start(Path program, TextPage page) {
    try {
      return PrometheusServer.start(program, page.uri(), SCRAPE_INTERVAL);
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** The scenario whose scalers follow what there is. */
  Scenario adapted(Scenario scenario) {
    List<HasMetadata> scalers = new ArrayList<>();
    if (prometheus != null) {
      scalers.addAll(
          Scenario.read(
              "scaler-on-prometheus.yaml", "PROMETHEUS_ADDRESS", prometheus.uri().toString()));
    }
    if (podPages) {
      scalers.addAll(Scenario.read("scaler-on-pods.yaml"));
    }
    return scenario.with(scalers);
  }

  /** The servers and addresses that the daemon must be allowed to ask. */
  List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    if (prometheus != null) {
      hosts.add(LOOPBACK);
    }
    if (podPages) {
      hosts.addAll(PodPages.addresses());
    }
    return hosts;
  }

  /** What the workloads are scaled on, one sentence. */
  String sentence() {
    return "web pods scale on "
        + (prometheus == null
            ? "the metrics API, since no Prometheus starts here"
            : "a real Prometheus")
        + ", the model server on "
        + (podPages ? "what its pods serve" : "the custom metrics API");
  }

  @Override
  public void close() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (page != null) {
      page.close();
    }
  }
}
