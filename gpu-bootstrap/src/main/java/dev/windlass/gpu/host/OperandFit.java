package dev.windlass.gpu.host;

import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.facts.BootstrapCause;
import dev.windlass.gpu.host.HostPlan.Keep;
import dev.windlass.gpu.host.HostPlan.Refuse;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.Driver;
import dev.windlass.gpu.runtime.RuntimeChoice;
import java.util.Optional;

/** Whether the containers that take a step can do so on this very machine, told before they try. */
final class OperandFit {
  private OperandFit() {}

  static HostPlan driver(StackSettings stack, HostFacts facts) {
    Driver driver = stack.driver();
    String name = facts.node().operatingSystem();
    if (driver.source() != Driver.Source.CONTAINER || driver.image() != null || name.isEmpty()) {
      return new Keep();
    }
    Optional<String> system = DriverImages.system(name);
    boolean fits =
        driver.operatingSystem().equals(Driver.BY_NODE)
            ? system.filter(DriverImages.BY_NODE::contains).isPresent()
            : system.map(it -> it.startsWith(driver.operatingSystem())).orElse(true);
    return fits
        ? new Keep()
        : new Refuse(
            BootstrapCause.UNSUPPORTED_OPERATING_SYSTEM.title(),
            "the stack has no driver image for "
                + name
                + ": name spec.driver.operatingSystem, or another source");
  }

  static Optional<HostPlan> toolkit(HostFacts facts) {
    return RuntimeChoice.of(facts.node()) instanceof RuntimeChoice.Crio
        ? Optional.of(
            new Refuse(
                BootstrapCause.RUNTIME_NOT_CONFIGURED.title(),
                "the toolkit's container sets up containerd only; for CRI-O let the agent do it,"
                    + " spec.runtime.configuredBy"))
        : Optional.empty();
  }
}
