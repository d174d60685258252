package dev.windlass.simulations.feed;

import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.ControlPlane;
import dev.windlass.simulations.controlplane.RealControlPlane;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every connection to a real API server goes dead, and nobody closes one. */
class HalfOpenConnectionIT {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void seesWhatHappenedMeanwhileOnceItWatchesAgain(@TempDir Path folder) {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane = ControlPlane.start(binaries, folder, List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR);
        SilentRelay relay = new SilentRelay(plane.server())) {
      RealControlPlane.installDefinitions(admin);
      try (FedObserver observer =
          new FedObserver(
              new ConfigBuilder(plane.config(ControlPlane.ADMINISTRATOR))
                  .withMasterUrl(relay.uri().toString())
                  .build(),
              InstantSource.system(),
              SILENCE)) {
        observer.first(PATIENCE);
        create(admin, "before");
        observer.await("it watches", PATIENCE, () -> nodes(observer) == 1);

        relay.silenceAll();
        create(admin, "meanwhile");

        observer.await("it sees what it has missed", PATIENCE, () -> nodes(observer) == 2);
        admin.nodes().withName("before").delete();
        observer.await("it goes on", PATIENCE, () -> nodes(observer) == 1);
      }
    }
  }

  private static int nodes(FedObserver observer) {
    return observer.now().capacity().nodes().size();
  }

  private static void create(KubernetesClient admin, String name) {
    admin
        .resource(new NodeBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }
}
