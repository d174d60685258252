package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Windlass against kube-scheduler's own filters on cases that nobody has seen. Needs Go; the system
 * property {@code windlass.oracle.seed} replays a run.
 */
class FreshSchedulerVerdictsSimulation {
  private static final int CASES_PER_SUBJECT = 1_000;
  private static final long SEEDS = 1_000_000_000;

  @TempDir private Path folder;

  @Test
  void agreesWithKubeSchedulerOnFreshSeeds() throws IOException, InterruptedException {
    Optional<KubeScheduler> scheduler = KubeScheduler.build(folder);
    Assumptions.assumeTrue(
        scheduler.isPresent(), "Skipped: kube-scheduler's filters need Go and its modules");
    long first = Long.getLong("windlass.oracle.seed", Math.floorMod(System.nanoTime(), SEEDS));
    System.out.println("Fresh cases from seed " + first + " on");
    List<String> disagreements = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      Agreement agreement = judged(scheduler.orElseThrow(), subject, first);
      Set<String> missing = SchedulerVerdictsTest.missing(subject);
      System.out.print(agreement.report("fresh " + subject, missing));
      disagreements.addAll(agreement.disagreementsBut(missing));
    }
    assertThat(disagreements).as("first seed %s", first).isEmpty();
  }

  private Agreement judged(KubeScheduler scheduler, Subject subject, long first)
      throws IOException, InterruptedException {
    Path cases = folder.resolve(subject + ".cases");
    Path verdicts = folder.resolve(subject + ".verdicts");
    try (BufferedWriter lines = Files.newBufferedWriter(cases)) {
      for (long seed = first; seed < first + CASES_PER_SUBJECT; seed++) {
        lines.write(SchedulerCases.write(subject, seed));
        lines.newLine();
      }
    }
    scheduler.judge(cases, verdicts);
    Agreement agreement = new Agreement();
    try (InputStream recording = Files.newInputStream(verdicts)) {
      RecordedCase.forEach(
          recording,
          recorded -> agreement.compare(recorded, new WindlassVerdicts(recorded).ofPlanners()));
    }
    return agreement;
  }
}
