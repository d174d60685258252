package dev.windlass.daemon.http;

import dev.windlass.daemon.dashboard.DecisionHistory;
import dev.windlass.daemon.dashboard.FakeCluster;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;

/** Serves the page with a made-up history, to look at it: {@code main PORT [quiet]}. */
final class DashboardPreview {
  private DashboardPreview() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean quiet = arguments.length > 1;
    DecisionHistory history = quiet ? FakeCluster.quietPreview() : FakeCluster.burstPreview();
    try (HttpEndpoints endpoints =
        HttpEndpoints.start(
            HttpSettings.loopback(Integer.parseInt(arguments[0])),
            new Probes(() -> new Health(true, "ok"), () -> new Health(true, "leading")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            history)) {
      System.out.println(endpoints.uri());
      Thread.currentThread().join();
    }
  }
}
