package dev.windlass.gpu.host;

import dev.windlass.gpu.host.HostTask.Work;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime.Configurer;
import dev.windlass.gpu.operand.StackSettings.Driver.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine that was booted lacks of what its agent had set up: loaded modules, device nodes,
 * and the CDI specification, which is in memory only. Each task looks before it does anything.
 */
final class AfterBoot {
  private AfterBoot() {}

  /** The tasks, the boot itself first and a fresh look last. */
  static List<Work> works(StackSettings stack, HostFacts facts) {
    List<Work> works = new ArrayList<>();
    works.add(Work.REBOOT);
    @Nullable Work driver = DriverTask.work(facts.operatingSystem());
    if (stack.driver().source() == Source.HOST && driver != null && DriverTask.isOne(driver)) {
      works.add(driver);
      if (DriverTask.needsLoading(driver)) {
        works.add(Work.DRIVER_LOAD);
      }
    }
    if (stack.runtime().configurer() == Configurer.AGENT && hasToolkit(facts)) {
      works.add(Work.TOOLKIT);
    }
    works.add(Work.FACTS);
    return works;
  }

  /** These two bring a toolkit of their own. */
  private static boolean hasToolkit(HostFacts facts) {
    return !facts.operatingSystem().equals("bottlerocket")
        && !facts.operatingSystem().equals("cos");
  }
}
