package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.simulations.controlplane.RealControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The loop against an API server that has too much to do: it refuses most requests while nodes are
 * bought and GPU nodes made, all of them for a while, and most of them again while nodes are
 * drained.
 */
class BusyServerIT {
  private static final double MOST = 0.6;
  private static final int A_WHILE = 40;

  @Test
  void losesNothingBuysNothingTwiceAndEndsItsDrains() throws IOException {
    try (DemoStage stage = RestartedRun.stage();
        ClusterWatch watch = new ClusterWatch(stage.admin());
        BusyProxy proxy = new BusyProxy(stage.apiServer(), 7);
        KubernetesClient client =
            KubernetesClients.of(Clients.config(proxy.uri(), Clients.DAEMON));
        Daemon daemon = Daemon.start(MortalDaemon.settings(stage), client)) {
      RealControlPlane.await("one web pod runs", () -> RestartedRun.running(watch, "web") == 1);

      proxy.refuse(MOST);
      RestartedRun.scale(stage.admin(), "trainer", 1);
      RestartedRun.scale(stage.admin(), "web", 6);
      RealControlPlane.await("the web runs", () -> RestartedRun.running(watch, "web") == 6);
      RestartedRun.scale(stage.admin(), "late", 2);
      RealControlPlane.await(
          "all pods run",
          () ->
              RestartedRun.running(watch, "late") == 2
                  && RestartedRun.running(watch, "trainer") == 1);
      assertThat(RestartedRun.changes(stage, true)).isEqualTo(RestartedRun.NEEDED);

      proxy.refuse(1);
      int before = proxy.refused().size();
      RestartedRun.scale(stage.admin(), "web", 1);
      RestartedRun.scale(stage.admin(), "trainer", 0);
      RealControlPlane.await(
          "it has been refused for a while", () -> proxy.refused().size() > before + A_WHILE);
      proxy.refuse(MOST);
      RealControlPlane.await(
          () -> "it is back at its minimum: " + stage.fleet().orders(),
          () ->
              watch.nodes().size() == 1
                  && RestartedRun.running(watch, "web") + RestartedRun.running(watch, "late") == 3);

      assertThat(RestartedRun.changes(stage, true)).as("bought").isEqualTo(RestartedRun.NEEDED);
      assertThat(RestartedRun.changes(stage, false)).as("deleted").isEqualTo(RestartedRun.NEEDED);
      assertThat(daemon.leading()).isTrue();
      assertRefused(proxy.refused(), "a write of the journal", it -> it.endsWith("/status"));
      assertRefused(proxy.refused(), "an eviction", it -> it.endsWith("/eviction"));
      assertRefused(
          proxy.refused(), "a patch of a node", it -> it.startsWith("PATCH /api/v1/nodes/"));
    }
  }

  private static void assertRefused(List<String> refused, String what, Predicate<String> which) {
    assertThat(refused).as(what + " was refused").anyMatch(which);
  }
}
