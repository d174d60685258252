package dev.windlass.gpu.host;

import static dev.windlass.gpu.host.HostScene.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.host.TaskEnd.State;
import dev.windlass.gpu.operand.StackSettings.Mig;
import dev.windlass.gpu.operand.StackSettings.MigStrategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resets, boots, and the boot that MIG needs on some machines. */
class RepairStepsTest {
  private static final PciId A100 = new PciId(0x20B2);

  @Test
  void resetsInOneTask() {
    HostScene scene = HostScene.of(GpuRepair.RESET, "ubuntu");

    assertThat(words(scene.first())).isEqualTo("reset finishes gpu:one:1.1");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("keep");
    assertThat(words(scene.ended(State.FAILED))).as("core decides what is next").isEqualTo("keep");
  }

  @ParameterizedTest
  @CsvSource({
    "ubuntu, reboot driver-apt driver-load toolkit facts!",
    "azurelinux, reboot driver-tdnf driver-load toolkit facts!",
    "cos, reboot driver-cos facts!",
    "flatcar, reboot driver-flatcar toolkit facts!",
    "bottlerocket, reboot facts!"
  })
  void bootsAndSetsUpWhatABootTakesAway(String operatingSystem, String expected) {
    HostScene scene = HostScene.of(GpuRepair.REBOOT, operatingSystem);

    assertThat(tasks(scene)).isEqualTo(expected);
  }

  @Test
  void turnsMigOnWithoutABootWhereTheDevicesTakeIt() {
    HostScene scene = partitioning(A100, true);

    assertThat(words(scene.first())).isEqualTo("mig gpu:one:1.1");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("keep");
  }

  @Test
  void bootsWhereMigWaitsForOneAndGivesUpWhereThatDidNotHelp() {
    HostScene scene = partitioning(A100, false);

    assertThat(tasks(scene)).isEqualTo("mig reboot driver-apt driver-load toolkit facts");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("refuse MigNotApplied");
  }

  @Test
  void leavesPartitioningToTheOperandWhereNoBootIsNeeded() {
    HostScene whole = HostScene.of(GpuPhase.DEVICE_PLUGIN, "ubuntu").with(facts(A100, false));

    assertThat(words(partitioning(HostScene.H100, false).first())).isEqualTo("keep");
    assertThat(words(whole.first())).as("no partitions are wanted").isEqualTo("keep");
  }

  private static HostScene partitioning(PciId device, boolean mig) {
    return HostScene.of(GpuPhase.DEVICE_PLUGIN, "ubuntu")
        .with(
            HostScene.stack(
                new DriverWish(null, null, null), new Mig(MigStrategy.SINGLE, "all-1g.10gb")))
        .with(facts(device, mig));
  }

  private static HostFacts facts(PciId device, boolean mig) {
    HostFacts bare = HostScene.facts("ubuntu", Collections.nCopies(2, device), HostScene.LOADED);
    GpuFacts.Device answers =
        new GpuFacts.Device("A100", "GPU-1", device, 81_920, new GpuFacts.State(mig, 0, "", 0));
    return new HostFacts(
        "ubuntu",
        bare.node(),
        bare.bus(),
        bare.loaded(),
        new GpuFacts(HostScene.LOADED.version(), List.of(answers)));
  }

  /**
   * The tasks one after the other as long as each succeeds; the one that finishes the step is
   * marked.
   */
  private static String tasks(HostScene scene) {
    List<String> titles = new ArrayList<>();
    HostPlan plan = scene.first();
    while (plan instanceof HostPlan.Ask(HostTask task)) {
      titles.add(task.work().title() + (task.finishesStep() ? "!" : ""));
      plan = scene.ended(State.SUCCEEDED);
    }
    return String.join(" ", titles);
  }
}
