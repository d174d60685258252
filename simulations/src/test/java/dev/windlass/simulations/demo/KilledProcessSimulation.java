package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.simulations.controlplane.DaemonProcess;
import dev.windlass.simulations.controlplane.RealControlPlane;
import dev.windlass.simulations.world.Nodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the daemon's process on a real control plane: once when machines are ordered,
 * once when a node is about to be drained.
 */
class KilledProcessSimulation {
  private static final String PACE =
      """
        pacing: {interval: 500ms, gather: 100ms}
        scaleDown: {unneededTime: 2s, delayAfterAdd: 1s}
      """;

  @Test
  void killedProcessIsFollowedByOneThatNeitherBuysNorDeletesTwice(@TempDir Path folder)
      throws Exception {
    List<Scenario.Entry> entries =
        Scenario.read("restart-cluster.yaml").stream()
            .map(object -> new Scenario.Entry(Duration.ZERO, object))
            .toList();
    try (RealStage stage =
            new RealStage(
                RealControlPlane.binaries(),
                folder,
                DemoProvider.SIMULATED,
                new Scenario(entries),
                PACE);
        ClusterWatch watch = new ClusterWatch(stage.admin())) {
      try (DaemonProcess first = daemon(stage, folder.resolve("first"))) {
        RealControlPlane.await("a web pod runs", () -> RestartedRun.running(watch, "web") == 1);
        RealControlPlane.await("the first leads", () -> first.ready(true));
        RestartedRun.scale(stage.admin(), "web", 6);
        RealControlPlane.await("machines are ordered", () -> !stage.fleet().orders().isEmpty());
        first.kill();
      }
      try (DaemonProcess second = daemon(stage, folder.resolve("second"))) {
        RealControlPlane.await("the second leads", () -> second.ready(true));
        RealControlPlane.await("the web runs", () -> RestartedRun.running(watch, "web") == 6);
        RestartedRun.scale(stage.admin(), "late", 1);
        RealControlPlane.await("all pods run", () -> RestartedRun.running(watch, "late") == 1);
        assertThat(machines(stage, 1)).as("bought").isEqualTo(2);
        RestartedRun.scale(stage.admin(), "web", 1);
        RealControlPlane.await(
            "a node is cordoned",
            () -> watch.nodes().stream().anyMatch(node -> Nodes.hasTaint(node, Keys.DISRUPTED)));
        second.kill();
      }
      try (DaemonProcess _ = daemon(stage, folder.resolve("third"))) {
        RealControlPlane.await(
            () -> "it is back at its minimum: " + stage.fleet().orders(),
            () ->
                watch.nodes().size() == 1
                    && RestartedRun.running(watch, "web") == 1
                    && RestartedRun.running(watch, "late") == 1);
      }
      assertThat(machines(stage, 1)).as("bought").isEqualTo(2);
      assertThat(machines(stage, -1)).as("deleted").isEqualTo(2);
    }
  }

  private static DaemonProcess daemon(RealStage stage, Path folder) throws IOException {
    return DaemonProcess.start(
        stage.plane(), stage.chart().account(), PACE + stage.providers(), folder);
  }

  /** How many machines were bought (1) or deleted (-1). */
  private static int machines(RealStage stage, int sign) {
    return stage.fleet().orders().stream()
        .mapToInt(order -> Math.max(0, sign * (order.to() - order.from())))
        .sum();
  }
}
