package dev.windlass.gpu.driver;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.GpuArchitecture;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.PciId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The driver for a machine, or why there is none. */
public sealed interface DriverChoice {
  /** Why, in one sentence. */
  String reason();

  /**
   * A driver.
   *
   * @param version its version
   * @param module its kernel modules
   * @param reason why these
   */
  record Chosen(DriverVersion version, KernelModule module, String reason)
      implements DriverChoice {}

  /**
   * No driver fits.
   *
   * @param reason which two demands contradict each other
   */
  record Impossible(String reason) implements DriverChoice {}

  /** The driver for machines that have only this model. */
  static DriverChoice forModel(GpuModel model, DriverWish wish) {
    return forModels(List.of(model), wish);
  }

  /** One driver for all of these models, of which there must be one at least. */
  static DriverChoice forModels(List<GpuModel> models, DriverWish wish) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("a driver is chosen for one model at least");
    }
    Optional<DriverVersion> version = version(wish);
    if (version.isEmpty()) {
      return new Impossible("driver branch " + wish.branch() + " is not known here");
    }
    for (GpuModel model : models) {
      String obstacle = obstacle(model, version.get());
      if (!obstacle.isEmpty()) {
        return new Impossible(obstacle);
      }
    }
    return withModule(models, version.get(), wish);
  }

  /**
   * The driver for a device that the catalogue lacks: the open modules from Turing on, else the
   * proprietary ones and the last branch that drives them.
   */
  static DriverChoice forUnknown(PciId device, DriverWish wish) {
    KernelModule module = device.isOpenCapable() ? KernelModule.OPEN : KernelModule.PROPRIETARY;
    Optional<DriverVersion> version = version(wish);
    int last = GpuArchitecture.VOLTA.lastBranch();
    if (version.isEmpty()) {
      return new Impossible("driver branch " + wish.branch() + " is not known here");
    }
    if (module == KernelModule.PROPRIETARY && version.get().branch() > last) {
      return new Impossible(
          device + " is older than Turing, which no branch after " + last + " drives");
    }
    KernelModule asked = wish.module() == null ? module : wish.module();
    return new Chosen(
        version.get(), asked, device + " is not in the catalogue; judged by its number");
  }

  /** The driver for a stack whose machines are not known yet; the modules are chosen on them. */
  static DriverChoice forAny(DriverWish wish) {
    KernelModule module = wish.module() == null ? KernelModule.OPEN : wish.module();
    return version(wish)
        .<DriverChoice>map(version -> new Chosen(version, module, "the stack's own choice"))
        .orElseGet(() -> new Impossible("driver branch " + wish.branch() + " is not known here"));
  }

  private static Optional<DriverVersion> version(DriverWish wish) {
    if (wish.version() != null) {
      return Optional.of(wish.version());
    }
    return wish.branch() == null
        ? Optional.of(DriverBranch.USUAL.newest())
        : DriverBranch.of(wish.branch()).map(DriverBranch::newest);
  }

  private static String obstacle(GpuModel model, DriverVersion version) {
    int last = model.architecture().lastBranch();
    if (version.branch() > last) {
      return model.name()
          + " is driven by no branch after "
          + last
          + ", but "
          + version
          + " is asked";
    }
    DriverVersion first = model.needs().minDriver();
    return version.compareTo(first) < 0
        ? model.name() + " needs driver " + first + " or newer, but " + version + " is asked"
        : "";
  }

  private static DriverChoice withModule(
      List<GpuModel> models, DriverVersion version, DriverWish wish) {
    GpuModel open = first(models, GpuArchitecture.Modules.OPEN_ONLY);
    GpuModel proprietary = first(models, GpuArchitecture.Modules.PROPRIETARY_ONLY);
    if (open != null && proprietary != null) {
      return new Impossible(
          open.name() + " needs the open modules, " + proprietary.name() + " the proprietary ones");
    }
    if (open != null) {
      return demanded(open, KernelModule.OPEN, version, wish);
    }
    if (proprietary != null) {
      return demanded(proprietary, KernelModule.PROPRIETARY, version, wish);
    }
    KernelModule asked = wish.module();
    return asked == null
        ? new Chosen(
            version, KernelModule.OPEN, "the open modules are the usual ones from Turing on")
        : new Chosen(version, asked, "both kinds of modules fit, the stack asks for these");
  }

  private static @Nullable GpuModel first(List<GpuModel> models, GpuArchitecture.Modules modules) {
    return models.stream()
        .filter(model -> model.architecture().modules() == modules)
        .findFirst()
        .orElse(null);
  }

  private static DriverChoice demanded(
      GpuModel model, KernelModule module, DriverVersion version, DriverWish wish) {
    String words = module == KernelModule.OPEN ? "open" : "proprietary";
    if (wish.module() != null && wish.module() != module) {
      return new Impossible(model.name() + " works with the " + words + " modules only");
    }
    return new Chosen(version, module, model.name() + " works with the " + words + " modules only");
  }
}
