package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.controlplane.ControlPlane.Account;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons in processes of their own compete for the Lease of a real API server. */
class LeadershipIT {
  private static final Duration LEASE = Duration.ofSeconds(15);

  @Test
  void standbyTakesOverWhenTheLeaderIsTerminatedAndWhenItIsKilled(@TempDir Path folder)
      throws IOException {
    try (ControlPlane plane = ControlPlane.start(RealControlPlane.binaries(), folder, List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR)) {
      Account account =
          InstalledChart.install(admin, "image: {repository: windlass}", folder).account();
      try (DaemonProcess first = start(plane, account, folder.resolve("first"));
          DaemonProcess second = standby(plane, account, folder.resolve("second"), first)) {
        first.terminate();
        assertThat(until("the second leads", () -> second.ready(true)))
            .as("after SIGTERM")
            .isLessThan(Duration.ofSeconds(5));
        try (DaemonProcess third = standby(plane, account, folder.resolve("third"), second)) {
          second.kill();
          assertThat(until("the third leads", () -> third.ready(true)))
              .as("after SIGKILL")
              .isLessThan(LEASE.plusSeconds(5));
        }
      }
    }
  }

  private static DaemonProcess start(ControlPlane plane, Account account, Path folder)
      throws IOException {
    return DaemonProcess.start(plane, account, "", folder);
  }

  private static DaemonProcess standby(
      ControlPlane plane, Account account, Path folder, DaemonProcess leader) throws IOException {
    RealControlPlane.await("one leads", () -> leader.ready(true));
    DaemonProcess next = start(plane, account, folder);
    RealControlPlane.await("another stands by", () -> next.ready(false));
    return next;
  }

  private static Duration until(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    RealControlPlane.await(what, condition);
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
