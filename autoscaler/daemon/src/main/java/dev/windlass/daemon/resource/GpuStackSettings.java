package dev.windlass.daemon.resource;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.daemon.resource.GpuStackSpec.ContainerRuntime;
import dev.windlass.daemon.resource.GpuStackSpec.DevicePlugin;
import dev.windlass.daemon.resource.GpuStackSpec.DriverSource;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.operand.StackSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the spec of a GpuStack says of its operands. */
final class GpuStackSettings {
  private static final String SHARING = "spec.devicePlugin.sharing";
  private static final String MIG = "spec.devicePlugin.mig";

  private GpuStackSettings() {}

  /** The settings; empty when something is wrong, which has been noted. */
  static Optional<StackSettings> read(String name, GpuStackSpec spec, Findings findings) {
    StackSettings.Driver driver = driver(spec.driver(), findings);
    @Nullable DevicePlugin plugin = spec.devicePlugin();
    StackSettings.Sharing sharing = sharing(plugin == null ? null : plugin.sharing(), findings);
    StackSettings.Mig mig = mig(plugin == null ? null : plugin.mig(), findings);
    boolean dynamic = GpuAdvertisement.isDynamic(spec);
    findings.require(
        !dynamic || sharing.strategy() == StackSettings.SharingStrategy.EXCLUSIVE,
        SHARING + ".strategy",
        sharing.strategy(),
        "Exclusive with mode DynamicResources, since claims say how they share");
    findings.require(
        sharing.strategy() != StackSettings.SharingStrategy.MPS
            || mig.strategy() == StackSettings.MigStrategy.NONE,
        SHARING + ".strategy",
        "MPS",
        "Exclusive or TimeSlicing beside MIG, since MPS shares whole devices only");
    if (!findings.none()) {
      return Optional.empty();
    }
    String resource = GpuAdvertisement.resource(spec);
    return Optional.of(
        new StackSettings(
            new GpuStackName(name),
            driver,
            runtime(spec.runtime()),
            new StackSettings.Plugin(resource, sharing, mig, dynamic),
            validation(spec.validation()),
            spec.exporter() != null && Boolean.TRUE.equals(spec.exporter().enabled())));
  }

  private static StackSettings.Driver driver(
      GpuStackSpec.@Nullable Driver driver, Findings findings) {
    if (driver == null) {
      return StackSettings.Driver.PREINSTALLED;
    }
    @Nullable Integer branch = driver.branch() == null ? null : Integer.valueOf(driver.branch());
    @Nullable DriverVersion version =
        driver.version() == null ? null : DriverVersion.parse(driver.version()).orElse(null);
    if (branch != null && version != null) {
      findings.require(
          version.branch() == branch,
          "spec.driver.version",
          version,
          "a version of spec.driver.branch, which is " + branch);
    }
    String system = system(driver);
    boolean byNode = system.equals(StackSettings.Driver.BY_NODE);
    findings.require(
        driver.source() != DriverSource.Container || byNode || DriverImages.supports(system),
        "spec.driver.operatingSystem",
        system,
        "a system with a driver image, for instance ubuntu24.04 or rhel9.6");
    return new StackSettings.Driver(
        source(driver.source()),
        new DriverWish(branch, version, module(driver.kernelModule())),
        system,
        driver.kernel(),
        driver.compile(),
        driver.image());
  }

  /** Each node's own, unless the stack names a system, or a kernel, which is one of a system. */
  private static String system(GpuStackSpec.Driver driver) {
    if (driver.operatingSystem() != null) {
      return driver.operatingSystem();
    }
    return driver.kernel() == null && driver.image() == null
        ? StackSettings.Driver.BY_NODE
        : StackSettings.Driver.USUAL_OPERATING_SYSTEM;
  }

  private static StackSettings.Driver.Source source(@Nullable DriverSource source) {
    return switch (source) {
      case null -> StackSettings.Driver.Source.PREINSTALLED;
      case Preinstalled -> StackSettings.Driver.Source.PREINSTALLED;
      case Container -> StackSettings.Driver.Source.CONTAINER;
      case Host -> StackSettings.Driver.Source.HOST;
    };
  }

  private static @Nullable KernelModule module(GpuStackSpec.@Nullable KernelModule module) {
    return switch (module) {
      case null -> null;
      case Auto -> null;
      case Open -> KernelModule.OPEN;
      case Proprietary -> KernelModule.PROPRIETARY;
    };
  }

  private static StackSettings.ContainerRuntime runtime(@Nullable ContainerRuntime runtime) {
    StackSettings.ContainerRuntime usual = StackSettings.ContainerRuntime.USUAL;
    return runtime == null
        ? usual
        : new StackSettings.ContainerRuntime(
            runtime.cdi() == null ? usual.cdi() : runtime.cdi(),
            runtime.runtimeClass() == null ? usual.runtimeClass() : runtime.runtimeClass(),
            runtime.configuredBy() == GpuStackSpec.Configurer.Agent
                ? StackSettings.ContainerRuntime.Configurer.AGENT
                : usual.configurer());
  }

  private static StackSettings.Sharing sharing(
      GpuStackSpec.@Nullable Sharing sharing, Findings findings) {
    StackSettings.SharingStrategy strategy = strategy(sharing);
    if (sharing == null || strategy == StackSettings.SharingStrategy.EXCLUSIVE) {
      return StackSettings.Sharing.EXCLUSIVE;
    }
    @Nullable Integer replicas = sharing.replicas();
    if (replicas == null || replicas < 2) {
      findings.add(SHARING + ".replicas", replicas, "at least 2 with " + sharing.strategy());
      return StackSettings.Sharing.EXCLUSIVE;
    }
    return new StackSettings.Sharing(strategy, replicas);
  }

  private static StackSettings.SharingStrategy strategy(GpuStackSpec.@Nullable Sharing sharing) {
    return switch (sharing == null ? null : sharing.strategy()) {
      case null -> StackSettings.SharingStrategy.EXCLUSIVE;
      case Exclusive -> StackSettings.SharingStrategy.EXCLUSIVE;
      case TimeSlicing -> StackSettings.SharingStrategy.TIME_SLICING;
      case MPS -> StackSettings.SharingStrategy.MPS;
    };
  }

  private static StackSettings.Mig mig(GpuStackSpec.@Nullable Mig mig, Findings findings) {
    StackSettings.MigStrategy strategy =
        switch (mig == null ? null : mig.strategy()) {
          case null -> StackSettings.MigStrategy.NONE;
          case None -> StackSettings.MigStrategy.NONE;
          case Single -> StackSettings.MigStrategy.SINGLE;
          case Mixed -> StackSettings.MigStrategy.MIXED;
        };
    if (mig == null || strategy == StackSettings.MigStrategy.NONE) {
      return StackSettings.Mig.NONE;
    }
    if (mig.profile() == null) {
      findings.missing(MIG + ".profile", "a profile such as all-1g.10gb");
      return StackSettings.Mig.NONE;
    }
    return new StackSettings.Mig(strategy, mig.profile());
  }

  private static StackSettings.Validation validation(GpuStackSpec.@Nullable Validation validation) {
    StackSettings.Validation usual = StackSettings.Validation.USUAL;
    return validation == null
        ? usual
        : new StackSettings.Validation(
            validation.enabled() == null ? usual.enabled() : validation.enabled(),
            validation.image() == null ? usual.image() : validation.image());
  }
}
