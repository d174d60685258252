package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.GpuArchitecture.Modules;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.ValidationOutcome.Failed;
import dev.windlass.gpu.facts.ValidationOutcome.Passed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges step Driver: is the right driver loaded for the devices on the bus? */
public final class DriverCheck {
  private DriverCheck() {}

  /** The first thing that is wrong, or how many GPUs the driver is right for. */
  public static ValidationOutcome judge(PciDevices bus, @Nullable LoadedDriver loaded) {
    if (bus.gpus().isEmpty()) {
      return new Failed(BootstrapCause.NO_GPU_FOUND, "no NVIDIA GPU on the PCI bus");
    }
    if (bus.nouveau()) {
      return new Failed(BootstrapCause.NOUVEAU_LOADED, "nouveau is the kernel driver in use");
    }
    if (loaded == null) {
      return new Failed(BootstrapCause.DRIVER_NOT_LOADED, "no NVIDIA driver in the kernel");
    }
    for (PciId id : bus.gpus()) {
      Optional<Failed> problem = problem(id, loaded);
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return new Passed(bus.gpus().size());
  }

  private static Optional<Failed> problem(PciId id, LoadedDriver loaded) {
    GpuModel model = GpuCatalogue.builtIn().byPciId(id).orElse(null);
    if (model == null) {
      return id.isOpenCapable() || loaded.module() == KernelModule.PROPRIETARY
          ? Optional.empty()
          : Optional.of(wrongModules(id.toString(), loaded));
    }
    if (loaded.version().compareTo(model.needs().minDriver()) < 0) {
      String message =
          model.name() + " needs driver " + model.needs().minDriver() + ", not " + loaded.version();
      return Optional.of(new Failed(BootstrapCause.DRIVER_TOO_OLD, message));
    }
    Modules modules = model.architecture().modules();
    boolean open = loaded.module() == KernelModule.OPEN;
    boolean wrong = open ? modules == Modules.PROPRIETARY_ONLY : modules == Modules.OPEN_ONLY;
    return wrong ? Optional.of(wrongModules(model.name(), loaded)) : Optional.empty();
  }

  private static Failed wrongModules(String device, LoadedDriver loaded) {
    String words = loaded.module() == KernelModule.OPEN ? "open" : "proprietary";
    return new Failed(
        BootstrapCause.DRIVER_WRONG_MODULES,
        device + " does not work with the " + words + " modules");
  }
}
