package dev.windlass.gpu.host;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.MigProfile;
import dev.windlass.gpu.facts.DeviceCheck;
import dev.windlass.gpu.facts.DriverCheck;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.facts.LoadedDriver;
import dev.windlass.gpu.facts.ValidationOutcome;
import dev.windlass.gpu.operand.StackSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges fresh facts: after the driver's step whether it is the right one for every device, and
 * while a workload validates them whether all devices answer, are partitioned as the stack asks,
 * and have joined their fabric.
 */
final class HostJudgement {
  private HostJudgement() {}

  static ValidationOutcome of(GpuPhase step, StackSettings stack, HostFacts facts) {
    ValidationOutcome driver = DriverCheck.judge(facts.bus(), facts.loaded());
    @Nullable LoadedDriver loaded = facts.loaded();
    @Nullable GpuFacts devices = facts.devices();
    boolean decided = driver instanceof ValidationOutcome.Failed || step != GpuPhase.VALIDATING;
    if (decided || loaded == null || devices == null) {
      return driver;
    }
    int partitions = partitions(stack, facts);
    boolean fabric = !FabricNeeds.of(facts).isEmpty();
    return DeviceCheck.judge(
        devices, loaded, new DeviceCheck.Expected(facts.bus().gpus().size(), partitions, fabric));
  }

  /** How many partitions each device must have: a profile means different numbers by model. */
  private static int partitions(StackSettings stack, HostFacts facts) {
    @Nullable String layout = stack.plugin().mig().profile();
    Optional<GpuModel> model =
        facts.bus().gpus().stream().findFirst().flatMap(GpuCatalogue.builtIn()::byPciId);
    if (layout == null || model.isEmpty()) {
      return 0;
    }
    String profile = layout.substring(layout.indexOf('-') + 1);
    return model.get().migProfile(profile).map(MigProfile::instances).orElse(0);
  }
}
