package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The world without the daemon, over HTTP on loopback. */
class DemoStageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final InstantSource clock = InstantSource.system();
  private final DemoStage stage =
      new DemoStage(Scenario.morning(), new Pace(clock.instant(), 60), clock);
  private final ClusterWatch watch = new ClusterWatch(stage.admin());

  @AfterEach
  void stop() {
    watch.close();
    stage.close();
  }

  @Test
  void bootsTheFirstNodesAndRunsWhatFitsOnThem() throws InterruptedException {
    assertThat(
            within(() ->
                watch.nodes().stream().filter(Nodes::isReady).count() == 2
                    && watch.pods().stream().filter(Pods::isReady).count() == 7))
        .as("2 nodes, 3 web, 2 checkout and 2 daemon pods")
        .isTrue();
    assertThat(stage.takeFailures()).isEmpty();
    assertThat(stage.admin().top().pods().metrics("shop").getItems()).hasSize(3);
    assertThat(
            stage
                .admin()
                .raw(
                    "/apis/custom.metrics.k8s.io/v1beta1/namespaces/ml/deployments.apps/"
                        + "model-server/queue_depth"))
        .contains("\"value\"");
  }

  private static boolean within(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }
}
