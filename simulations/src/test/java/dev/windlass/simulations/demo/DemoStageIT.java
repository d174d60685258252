package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.Pods;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The world without the daemon, over HTTP on loopback. */
class DemoStageIT {
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
            Eventually.holds(() ->
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

  @Test
  void auditTellsEvictionsFromUntaintedNodesAndNodesDeletedBeforeTheirMachines()
      throws InterruptedException {
    TaintBeforeEviction taints = new TaintBeforeEviction(stage.admin());
    MachineBeforeNode machines = new MachineBeforeNode(stage.fleet(), clock, watch);
    DemoAuditor auditor = new DemoAuditor(watch, List.of(taints, machines));
    assertThat(Eventually.holds(() -> watch.pods().stream().filter(Pods::isReady).count() == 7))
        .isTrue();
    assertThat(auditor.findings()).filteredOn(DemoAuditor.Finding::kept).hasSize(1);

    assertThat(stage.admin().pods().inNamespace("shop").withName("web-rs-1").evict()).isTrue();
    assertThat(Eventually.holds(() -> taints.violations().size() == 2))
        .as("no taint, no load-balancer label")
        .isTrue();

    stage.admin().nodes().withName("general-000001").delete();

    assertThat(
            Eventually.holds(() ->
                machines.violations().stream()
                    .anyMatch(it -> it.contains("while the cloud still had"))))
        .isTrue();
  }
}
