package dev.windlass.simulations.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.controlplane.RealControlPlane;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of the daemon on a real control plane, whatever its peers do. */
class ArenaSimulation {
  private static final Duration BOOT = Duration.ofSeconds(10);

  /** For the scheduler, the kubelets and the machine that all of them share. */
  private static final Duration OTHERS = Duration.ofSeconds(5);

  /** Of a daemon that has just begun, on two processors that it shares with the control plane. */
  private static final Duration OWN = Duration.ofSeconds(1);

  /** How often a workload is played at most until nothing else took the processors. */
  private static final int PLAYS = 3;

  /** That, times the number of programs that want each processor at the start. */
  private final Duration own =
      OWN.multipliedBy(
          Math.max(
              1,
              (long)
                  Math.ceil(
                      ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                          / Runtime.getRuntime().availableProcessors())));

  @TempDir private Path folder;

  @Test
  void addsLittleToTheBootOfSpreadPods() throws IOException, InterruptedException {
    Result result = playUndisturbed(Workload.SPREAD);

    assertThat(result.waits().neverRan()).isZero();
    assertAddsLittle(result);
    assertThat(result.waits().running().longest())
        .isLessThan(BOOT.plus(OTHERS).plus(own.multipliedBy(2)));
    assertThat(result.machines().bought()).as("of 60 that are needed").isBetween(60, 62);
    assertThat(result.cost().plateau()).isLessThan(1.04 * result.cost().bound());
  }

  /**
   * The cheapest are 20 machines for pods of one GPU, 11 for those of two and four, 4 for those of
   * eight; how many it is depends on how many pods the first orders know of. What is ordered late
   * takes the place of a machine that kube-scheduler gave to smaller pods.
   */
  @Test
  void buysNoGpuMachineAgainWhileDevicesAreLate() throws IOException, InterruptedException {
    Result result = playUndisturbed(Workload.GPU);

    assertThat(result.waits().neverRan()).isZero();
    assertAddsLittle(result);
    assertThat(result.machines().bought() - result.machines().late()).isBetween(28, 36);
    assertThat(result.cost().plateau()).isLessThan(1.25 * result.cost().bound());
  }

  @Test
  void buysNothingForAGangThatCannotBeComplete() throws IOException, InterruptedException {
    Result result = play(Workload.GANG);

    assertThat(result.machines()).isEqualTo(new Result.Purchases(0, 0, 0, 0));
    assertThat(result.reasons())
        .singleElement()
        .asString()
        .contains("needs 4 places at once, there are 3")
        .contains("maximum of 3 nodes")
        .contains("needs 8 nvidia.com/gpu, there is 4 nvidia.com/gpu");
  }

  @Test
  void everyReasonNamesTheLabelTheTaintOrTheNumber() throws IOException, InterruptedException {
    Result result = play(Workload.INFEASIBLE);

    assertThat(result.machines()).isEqualTo(new Result.Purchases(0, 0, 0, 0));
    assertThat(result.reasons())
        .satisfiesExactly(
            label -> assertThat(label).contains("general: the pod selects arena.dev/absent=yes"),
            taint ->
                assertThat(taint)
                    .contains("general: the pod needs 1 nvidia.com/gpu, there is 0")
                    .contains("does not tolerate the taint nvidia.com/gpu=present"),
            number ->
                assertThat(number)
                    .contains("general: the pod needs 200000m cpu, there is 63770m cpu")
                    .contains("does not tolerate the taint nvidia.com/gpu=present"));
  }

  private void assertAddsLittle(Result result) {
    assertThat(result.waits().own()).matches(this::isLittle, "own waits below " + own);
  }

  /** Half of the pods wait less than that for an order, and none of a burst half as long again. */
  private boolean isLittle(Result.Spread waits) {
    return waits.median().compareTo(own) < 0
        && waits.longest().compareTo(own.multipliedBy(3).dividedBy(2)) < 0;
  }

  private Result playUndisturbed(Workload workload) throws IOException, InterruptedException {
    Result result = play(workload);
    for (int plays = 1; plays < PLAYS && !isLittle(result.waits().own()); plays++) {
      result = play(workload);
    }
    return result;
  }

  private Result play(Workload workload) throws IOException, InterruptedException {
    Path empty = Files.createTempDirectory(folder, workload.label());
    return Arena.play(RealControlPlane.binaries(), workload, Settings.DEFAULT, empty, 42);
  }
}
