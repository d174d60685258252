package dev.windlass.gpu.facts;

import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.driver.KernelModule;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The driver in the kernel, from {@code /proc/driver/nvidia/version}.
 *
 * @param version its version
 * @param module which modules these are
 */
public record LoadedDriver(DriverVersion version, KernelModule module) {
  private static final Pattern LINE =
      Pattern.compile("NVRM version: NVIDIA UNIX (.*?)\\s(\\d{3}\\.\\d{1,3}(?:\\.\\d{1,3})?)\\s");

  /** Reads the file's text; empty when it is not one of NVIDIA's driver. */
  public static Optional<LoadedDriver> parse(String text) {
    Matcher matcher = LINE.matcher(text + "\n");
    if (!matcher.find()) {
      return Optional.empty();
    }
    boolean open = matcher.group(1).contains("Open Kernel Module");
    KernelModule module = open ? KernelModule.OPEN : KernelModule.PROPRIETARY;
    return DriverVersion.parse(matcher.group(2)).map(version -> new LoadedDriver(version, module));
  }
}
