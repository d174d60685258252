package dev.windlass.simulations.arena;

import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.CloudGroup;
import dev.windlass.simulations.cloud.CloudHttp;
import dev.windlass.simulations.cloud.CloudRehearsal;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.controlplane.AuditTrail;
import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.ControlPlane;
import dev.windlass.simulations.controlplane.ControlPlane.Account;
import dev.windlass.simulations.controlplane.DaemonProcess;
import dev.windlass.simulations.world.Writes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A real control plane, a cloud that sells machines, the machines, and the daemon in a process of
 * its own under its own rights, which leads and has nothing to do.
 */
final class Stage implements AutoCloseable {
  private static final Account DAEMON =
      new Account(
          "arena-windlass",
          "system:serviceaccount:windlass-system:windlass",
          "system:serviceaccounts");
  private static final String CLOUD_TOKEN = "arena-cloud";

  /** A node is Ready ten seconds after its order. */
  private static final CloudDelays DELAYS =
      new CloudDelays(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ZERO);

  /** The servers' own limits on calls, of 20 and 50 a second, are not what is measured. */
  private static final String[] NO_LIMITS = {"--kube-api-qps=1000", "--kube-api-burst=2000"};

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final InstantSource clock = InstantSource.system();
  private final KubernetesClient admin;
  private final List<CloudGroup> groups;
  private final CloudState cloud;
  private final Writes writes;
  private final DaemonProcess daemon;
  private final AuditTrail trail;

  /**
   * Sets everything up.
   *
   * @param folder an empty folder for the files of all processes
   * @param seed of how late GPUs are
   */
  Stage(Binaries binaries, Path folder, Settings settings, long seed)
      throws IOException, InterruptedException {
    trail = AuditTrail.of(DAEMON.user(), folder);
    ControlPlane plane =
        opened(ControlPlane.start(binaries, folder, List.of(DAEMON), trail.arguments()));
    plane.withControllers(NO_LIMITS).withScheduler(NO_LIMITS).withKubelets(binaries.stagesOfPods());
    admin = opened(plane.client(ControlPlane.ADMINISTRATOR));
    Installation.install(admin);
    groups = Installation.cloudGroups(admin);
    CloudRehearsal.play(groups, clock);
    cloud = new CloudState(DELAYS, groups, clock.instant());
    CloudHttp http = opened(new CloudHttp(cloud, clock, CLOUD_TOKEN));
    writes = new Writes(admin);
    opened(new Machines(cloud, writes, clock, seed));
    daemon =
        opened(
            DaemonProcess.start(
                plane,
                DAEMON,
                settings.configuration()
                    + "  providers: {simulated: {endpoint: \"%s\", token: %s}}\n"
                        .formatted(http.uri(), CLOUD_TOKEN),
                folder.resolve("daemon")));
    Patience.await("the daemon to lead", () -> daemon.ready(true));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    toClose.push(resource);
    return resource;
  }

  KubernetesClient admin() {
    return admin;
  }

  List<CloudGroup> groups() {
    return groups;
  }

  CloudState cloud() {
    return cloud;
  }

  DaemonProcess daemon() {
    return daemon;
  }

  AuditTrail trail() {
    return trail;
  }

  InstantSource clock() {
    return clock;
  }

  /** What the API server refused to the machines. */
  List<String> takeFailures() {
    return writes.takeFailures();
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("the stage could not be cleared", failure);
      }
    }
  }
}
