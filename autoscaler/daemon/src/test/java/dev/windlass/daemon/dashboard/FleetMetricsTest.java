package dev.windlass.daemon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private boolean leading = true;
  private final FleetMetrics fleet = new FleetMetrics(() -> leading);

  @BeforeEach
  void register() {
    registry.getPrometheusRegistry().register(fleet);
  }

  @Test
  void tellsOfGroupsPodsGpusScalersAndCost() {
    fleet.ticked(PreviewScene.burst(1, FakeCluster.NOW));

    assertThat(registry.scrape())
        .contains("windlass_leading 1.0\n")
        .contains("windlass_nodes{node_group=\"")
        .contains("windlass_node_group_max_nodes{node_group=\"")
        .contains("windlass_pods_pending{outcome=\"needs_you\",reason=\"")
        .contains("windlass_gpu_machines{node_group=\"")
        .contains("windlass_replica_scalers{state=\"")
        .contains("windlass_cost_usd_per_hour{node_group=\"");
  }

  @Test
  void pendingPodsAddUpToThoseOfTheDecision() {
    fleet.ticked(PreviewScene.burst(1, FakeCluster.NOW));

    double sum =
        registry
            .scrape()
            .lines()
            .filter(line -> line.startsWith("windlass_pods_pending{"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();

    assertThat(sum)
        .isEqualTo(PendingSection.counts(PreviewScene.burst(1, FakeCluster.NOW)).all())
        .isPositive();
  }

  @Test
  void namesNoPodNodeOrScaler() {
    fleet.ticked(PreviewScene.burst(1, FakeCluster.NOW));

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("windlass_")))
        .isNotEmpty()
        .allMatch(line ->
            line.matches(
                "\\w+(\\{((node_group|state|phase|outcome|reason|size)=\"[^\"/]*\",?)+})? \\S+"));
  }

  @Test
  void saysNothingOfTheFleetWhileAnotherDecides() {
    fleet.ticked(PreviewScene.burst(1, FakeCluster.NOW));
    leading = false;

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("windlass_")))
        .containsExactly("windlass_leading 0.0");
  }
}
