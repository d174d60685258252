package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.operand.StackSettings;
import org.jspecify.annotations.Nullable;

/** The spec of a GpuStack as the operands' settings; what is absent has its default. */
final class GpuStackOperands {
  private GpuStackOperands() {}

  static StackSettings settings(GpuStackName name, GpuStackSpec spec) {
    StackSettings usual = StackSettings.usual(name);
    GpuStackSpec.@Nullable ContainerRuntime runtime = spec.runtime();
    GpuStackSpec.@Nullable Validation validation = spec.validation();
    return new StackSettings(
        name,
        driver(spec.driver()),
        runtime == null
            ? usual.runtime()
            : new StackSettings.ContainerRuntime(
                runtime.cdi() == null || runtime.cdi(),
                runtime.runtimeClass() == null
                    ? usual.runtime().runtimeClass()
                    : runtime.runtimeClass()),
        plugin(spec.devicePlugin()),
        validation == null
            ? usual.validation()
            : new StackSettings.Validation(
                validation.enabled() == null || validation.enabled(),
                validation.image() == null ? usual.validation().image() : validation.image()));
  }

  private static StackSettings.Driver driver(GpuStackSpec.@Nullable Driver driver) {
    if (driver == null) {
      return StackSettings.Driver.PREINSTALLED;
    }
    DriverWish wish =
        new DriverWish(
            driver.branch() == null ? null : Integer.valueOf(driver.branch()),
            driver.version() == null ? null : DriverVersion.parse(driver.version()).orElse(null),
            module(driver.kernelModule()));
    return new StackSettings.Driver(
        source(driver.source()), wish, StackSettings.Driver.USUAL_OPERATING_SYSTEM);
  }

  private static StackSettings.Driver.Source source(GpuStackSpec.@Nullable DriverSource source) {
    return source == GpuStackSpec.DriverSource.Container
        ? StackSettings.Driver.Source.CONTAINER
        : StackSettings.Driver.Source.PREINSTALLED;
  }

  private static @Nullable KernelModule module(GpuStackSpec.@Nullable KernelModule module) {
    if (module == null) {
      return null;
    }
    return switch (module) {
      case Auto -> null;
      case Open -> KernelModule.OPEN;
      case Proprietary -> KernelModule.PROPRIETARY;
    };
  }

  private static StackSettings.Plugin plugin(GpuStackSpec.@Nullable DevicePlugin plugin) {
    StackSettings.Plugin usual = StackSettings.Plugin.EXCLUSIVE;
    if (plugin == null) {
      return usual;
    }
    return new StackSettings.Plugin(
        plugin.resource() == null ? usual.resource() : plugin.resource(),
        sharing(plugin.sharing()),
        mig(plugin.mig()));
  }

  private static StackSettings.Sharing sharing(GpuStackSpec.@Nullable Sharing sharing) {
    if (sharing == null || sharing.strategy() == null) {
      return StackSettings.Sharing.EXCLUSIVE;
    }
    int replicas = sharing.replicas() == null ? 1 : sharing.replicas();
    return switch (sharing.strategy()) {
      case Exclusive -> StackSettings.Sharing.EXCLUSIVE;
      case TimeSlicing ->
          new StackSettings.Sharing(StackSettings.SharingStrategy.TIME_SLICING, replicas);
      case MPS -> new StackSettings.Sharing(StackSettings.SharingStrategy.MPS, replicas);
    };
  }

  private static StackSettings.Mig mig(GpuStackSpec.@Nullable Mig mig) {
    if (mig == null || mig.strategy() == null) {
      return StackSettings.Mig.NONE;
    }
    return switch (mig.strategy()) {
      case None -> StackSettings.Mig.NONE;
      case Single -> new StackSettings.Mig(StackSettings.MigStrategy.SINGLE, mig.profile());
      case Mixed -> new StackSettings.Mig(StackSettings.MigStrategy.MIXED, mig.profile());
    };
  }
}
