package dev.windlass.simulations.replicas;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.simulations.controlplane.AggregatedServer;
import dev.windlass.simulations.controlplane.ControlPlane;
import dev.windlass.simulations.controlplane.InstalledChart;
import dev.windlass.simulations.controlplane.RealControlPlane;
import dev.windlass.simulations.replicas.TwinScalers.Courses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Strict ReplicaScalers beside real HorizontalPodAutoscalers, with the same pods, metrics and
 * specs. Left out, as the real controller is one release older than the rules that strict follows:
 * pods that succeeded, which it still counts, and targets at zero, for which it has no condition of
 * its own yet. Left out, as their moment matters: periods and windows of a few seconds.
 *
 * @param moves how many changes of size the real controller made
 * @param disagreements each target whose sizes were not the same, one after the other
 */
record HorizontalAgreement(int moves, List<String> disagreements) {
  private static final int REST_SECONDS = 4;
  private static final int PATIENCE_SECONDS = 90;
  private static final String CHART =
      """
      image: {repository: windlass}
      configuration:
        pacing: {interval: 1s, gather: 100ms}
        replicas: {syncPeriod: 1s}
      """;

  HorizontalAgreement {
    disagreements = List.copyOf(disagreements);
  }

  /** Lets both scale random cases; in each round the metrics have other numbers. */
  static HorizontalAgreement of(long seed, int count, int rounds, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    ScalerCases random = new ScalerCases(new Random(seed));
    List<ScalerCase> cases = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      cases.add(random.next(number));
    }
    StubMetrics metrics = new StubMetrics(seed, cases);
    try (ControlPlane plane =
            ControlPlane.start(RealControlPlane.binaries(), folder, List.of())
                .withControllersAlone(
                    List.of("serviceaccount-controller", "horizontal-pod-autoscaler-controller"),
                    "--horizontal-pod-autoscaler-sync-period=1s");
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR);
        AggregatedServer server = new AggregatedServer(metrics.apis(), folder)) {
      InstalledChart chart = InstalledChart.install(admin, CHART, folder);
      server.register(admin);
      try (TwinScalers twins = new TwinScalers(admin)) {
        twins.createNamespaces();
        cases.forEach(twins::create);
        try (KubernetesClient identity = KubernetesClients.of(plane.config(chart.account()));
            Daemon _ = Daemon.start(chart.settings(), identity)) {
          RealControlPlane.await("all have decided", twins::haveDecided);
          for (int round = 1; round < rounds; round++) {
            rest(twins);
            metrics.nextRound();
          }
          return compared(cases, rest(twins));
        }
      }
    }
  }

  private static HorizontalAgreement compared(List<ScalerCase> cases, Courses courses) {
    int moves = 0;
    List<String> disagreements = new ArrayList<>();
    for (ScalerCase each : cases) {
      List<Integer> theirs = courses.horizontal().getOrDefault(each.target(), List.of());
      List<Integer> ours = courses.ours().getOrDefault(each.target(), List.of());
      moves += theirs.size() - 1;
      if (!theirs.equals(ours)) {
        disagreements.add("theirs %s, ours %s, %s".formatted(theirs, ours, each));
      }
    }
    return new HorizontalAgreement(moves, disagreements);
  }

  /** Waits until no size has changed for some syncs. */
  private static Courses rest(TwinScalers twins) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Courses last = twins.courses();
    for (int still = 0; still < REST_SECONDS; ) {
      if (System.nanoTime() > end) {
        throw new AssertionError("sizes never come to rest: " + last);
      }
      TimeUnit.SECONDS.sleep(1);
      Courses now = twins.courses();
      still = now.equals(last) ? still + 1 : 0;
      last = now;
    }
    return last;
  }
}
