package dev.windlass.gpu.host;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverChoice;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.BootstrapCause;
import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.HostPlan.Refuse;
import dev.windlass.gpu.host.HostSteps.Order;
import dev.windlass.gpu.host.HostTask.Work;
import dev.windlass.gpu.operand.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The driver's first task: which way by the operating system, which driver by the devices. */
final class DriverTask {
  private DriverTask() {}

  static HostPlan of(Order order, String id, HostFacts facts) {
    if (facts.bus().gpus().isEmpty()) {
      return new Refuse(
          BootstrapCause.NO_GPU_FOUND.title(), "no NVIDIA GPU on the machine's PCI bus");
    }
    @Nullable Work work = work(facts.operatingSystem());
    if (work == null) {
      return new Refuse(
          BootstrapCause.UNSUPPORTED_OPERATING_SYSTEM.title(),
          "no driver is installed on " + facts.operatingSystem() + " by its packages");
    }
    if (work == Work.FACTS && facts.loaded() == null) {
      return new Refuse(
          BootstrapCause.DRIVER_NOT_LOADED.title(), "this variant of the image has no driver");
    }
    StackSettings.Driver driver = order.stack().driver();
    return switch (choice(facts.bus().gpus(), driver.wish())) {
      case DriverChoice.Impossible(String reason) ->
          new Refuse(BootstrapCause.NO_DRIVER_FITS.title(), reason);
      case DriverChoice.Chosen chosen ->
          new Ask(
              new HostTask(
                  id,
                  work,
                  arguments(chosen, order.stack(), facts),
                  null,
                  order.step() == GpuPhase.DRIVER && !needsLoading(work)));
    };
  }

  /** Bottlerocket's driver is in its image: a look is all that is left to do. */
  static @Nullable Work work(String operatingSystem) {
    return switch (operatingSystem) {
      case "ubuntu", "debian" -> Work.DRIVER_APT;
      case "amzn" -> Work.DRIVER_DNF;
      case "azurelinux" -> Work.DRIVER_TDNF;
      case "cos" -> Work.DRIVER_COS;
      case "flatcar" -> Work.DRIVER_FLATCAR;
      case "bottlerocket" -> Work.FACTS;
      default -> null;
    };
  }

  /** Whether it installs a driver. */
  static boolean isOne(Work work) {
    return needsLoading(work) || work == Work.DRIVER_COS || work == Work.DRIVER_FLATCAR;
  }

  /** The clouds' own installers load what they install; packages are loaded by a second task. */
  static boolean needsLoading(Work work) {
    return work == Work.DRIVER_APT || work == Work.DRIVER_DNF || work == Work.DRIVER_TDNF;
  }

  private static DriverChoice choice(List<PciId> devices, DriverWish wish) {
    List<GpuModel> models = new ArrayList<>();
    for (PciId device : devices) {
      Optional<GpuModel> model = GpuCatalogue.builtIn().byPciId(device);
      if (model.isEmpty()) {
        return DriverChoice.forUnknown(device, wish);
      }
      models.add(model.get());
    }
    return DriverChoice.forModels(models, wish);
  }

  private static SortedMap<String, String> arguments(
      DriverChoice.Chosen chosen, StackSettings stack, HostFacts facts) {
    StackSettings.Driver driver = stack.driver();
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("BRANCH", Integer.toString(chosen.version().branch()));
    arguments.put(
        "VERSION", driver.wish().version() == null ? "" : driver.wish().version().toString());
    arguments.put("MODULES", chosen.module() == KernelModule.OPEN ? "open" : "proprietary");
    arguments.put("COMPILE", Boolean.TRUE.equals(driver.compile()) ? "yes" : "no");
    arguments.put("FABRIC", FabricNeeds.argument(facts, stack));
    return arguments;
  }
}
