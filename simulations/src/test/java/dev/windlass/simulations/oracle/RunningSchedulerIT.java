package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of the recorded cases through the running kube-scheduler: the judge is the real one. */
class RunningSchedulerIT {
  private static final int SAMPLE = 30;

  @Test
  void bindsOnlyWhereWindlassSeesRoomAndAlwaysWhenItDoes(@TempDir Path folder) throws IOException {
    Optional<Binaries> binaries = Binaries.find(System.getenv());
    Assumptions.assumeTrue(binaries.isPresent(), Binaries.MISSING);
    List<RecordedCase> sample = new ArrayList<>();
    RecordedCase.forEach(
        Subject.PODS.resource(),
        recorded -> {
          if (sample.size() < SAMPLE && RunningCluster.canPlay(recorded)) {
            sample.add(recorded);
          }
        });
    List<String> disagreements = new ArrayList<>();
    try (ControlPlane plane =
            ControlPlane.start(binaries.orElseThrow(), folder, List.of()).withScheduler();
        KubernetesClient client = plane.client(ControlPlane.ADMINISTRATOR)) {
      RunningCluster cluster = new RunningCluster(client, sample.getFirst());
      for (RecordedCase recorded : sample) {
        String node = cluster.play(recorded);
        if (!agrees(node, new WindlassVerdicts(recorded).ofPlanners())) {
          disagreements.add("seed " + recorded.seed() + ": bound to «" + node + "»");
        }
      }
    }
    System.out.printf(
        "running kube-scheduler: agrees on %d of %d cases%n",
        sample.size() - disagreements.size(), sample.size());
    assertThat(sample).hasSize(SAMPLE);
    assertThat(disagreements).isEmpty();
  }

  private static boolean agrees(String node, Map<String, Verdict> verdicts) {
    Verdict chosen = verdicts.get(node);
    return chosen == null
        ? verdicts.values().stream().noneMatch(Verdict::accepts)
        : chosen.accepts();
  }
}
