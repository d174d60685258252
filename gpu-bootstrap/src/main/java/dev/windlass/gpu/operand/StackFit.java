package dev.windlass.gpu.operand;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.driver.DriverChoice;
import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.operand.StackSettings.Driver;
import java.util.Optional;

/** Whether a stack can work on a model of GPU at all, which is known before a machine is bought. */
public final class StackFit {
  private StackFit() {}

  /** Why it cannot; empty when it can. */
  public static String obstacle(StackSettings stack, GpuModel model) {
    String profile = stack.plugin().mig().profile();
    if (profile != null) {
      String name = profile.substring(profile.indexOf('-') + 1);
      if (model.migProfile(name).isEmpty()) {
        return model.migProfiles().isEmpty()
            ? model.name() + " cannot be partitioned"
            : model.name() + " has no MIG profile " + name;
      }
    }
    return switch (DriverChoice.forModel(model, stack.driver().wish())) {
      case DriverChoice.Impossible impossible -> impossible.reason();
      case DriverChoice.Chosen chosen -> image(stack.driver(), chosen.version());
    };
  }

  /** The driver that a new machine will have; empty when only its image knows. */
  public static Optional<DriverVersion> driver(StackSettings stack, GpuModel model) {
    Driver driver = stack.driver();
    boolean known =
        driver.source() != Driver.Source.PREINSTALLED
            || driver.wish().branch() != null
            || driver.wish().version() != null;
    return known && DriverChoice.forModel(model, driver.wish()) instanceof DriverChoice.Chosen each
        ? Optional.of(each.version())
        : Optional.empty();
  }

  private static String image(Driver driver, DriverVersion version) {
    return switch (driver.source()) {
      case PREINSTALLED, HOST -> "";
      case CONTAINER ->
          driver.image() != null
              ? ""
              : DriverImages.obstacle(version, system(driver), driver.kernel(), driver.compile());
    };
  }

  private static String system(Driver driver) {
    return driver.operatingSystem().equals(Driver.BY_NODE)
        ? Driver.USUAL_OPERATING_SYSTEM
        : driver.operatingSystem();
  }
}
