package dev.windlass.gpu.host;

import dev.windlass.gpu.catalogue.GpuArchitecture;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.operand.StackSettings;
import org.jspecify.annotations.Nullable;

/**
 * Whether a machine must boot before it can be partitioned: on Ampere (A100, A30) MIG begins with a
 * reset of the device, which clouds' virtual machines refuse; later architectures need none.
 */
final class MigBoot {
  private MigBoot() {}

  static boolean mayBeNeeded(StackSettings stack, HostFacts facts) {
    return stack.plugin().mig().profile() != null
        && facts.bus().gpus().stream()
            .flatMap(id -> GpuCatalogue.builtIn().byPciId(id).stream())
            .anyMatch(model -> model.architecture() == GpuArchitecture.AMPERE);
  }

  /** Whether a device that answers is not in MIG mode; only asked where all must be. */
  static boolean isMissing(HostFacts facts) {
    @Nullable GpuFacts devices = facts.devices();
    return devices != null
        && devices.devices().stream().anyMatch(device -> !device.state().migEnabled());
  }
}
