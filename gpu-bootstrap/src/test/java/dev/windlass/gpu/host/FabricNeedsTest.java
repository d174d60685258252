package dev.windlass.gpu.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.facts.PciDevices;
import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.TaskEnd.State;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.Mig;
import dev.windlass.gpu.operand.StackSettings.Plugin;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent is to install and start where devices are linked. */
class FabricNeedsTest {
  @ParameterizedTest
  @CsvSource({
    "2330, 8, 4, fabricmanager", // H100 with its switches
    "2330, 1, 0, none", // one H100 of such a board
    "20b2, 8, 6, fabricmanager", // A100
    "2901, 8, 0, fabricmanager+nvlsm", // B200: its switches are not on the bus
    "2901, 1, 0, none",
    "3182, 8, 0, fabricmanager+nvlsm", // B300
    "2941, 4, 0, imex", // GB200: the fabric manager is on the switch trays
    "1eb8, 1, 0, none", // T4
    "2fff, 8, 4, fabricmanager" // nobody knows it, but there are switches
  })
  void followTheDevicesOnTheBus(String device, int gpus, int switches, String needs) {
    HostScene scene = scene(device, gpus, switches);

    HostTask install = ((Ask) scene.first()).task();
    HostTask load = ((Ask) scene.ended(State.SUCCEEDED)).task();

    assertThat(install.arguments()).containsEntry("FABRIC", needs);
    assertThat(load.arguments()).containsEntry("FABRIC", needs);
  }

  @Test
  void leaveImexToTheComputeDomainsWhereDevicesAreClaimed() {
    StackSettings claimed =
        new StackSettings(
            new GpuStackName("claimed"),
            HostScene.stack(DriverWish.NONE, Mig.NONE).driver(),
            HostScene.stack(DriverWish.NONE, Mig.NONE).runtime(),
            new Plugin("gpu.nvidia.com", StackSettings.Sharing.EXCLUSIVE, Mig.NONE, true),
            StackSettings.Validation.USUAL);

    HostTask install = ((Ask) scene("2941", 4, 0).with(claimed).first()).task();

    assertThat(install.arguments()).containsEntry("FABRIC", "imexmasked");
  }

  private static HostScene scene(String device, int gpus, int switches) {
    PciId id = PciId.parse(device).orElseThrow();
    HostFacts bare = HostScene.facts("ubuntu", Collections.nCopies(gpus, id), null);
    return HostScene.of(GpuPhase.DRIVER, "ubuntu")
        .with(
            new HostFacts(
                bare.operatingSystem(),
                bare.node(),
                new PciDevices(bare.bus().gpus(), switches, false),
                null,
                null));
  }
}
