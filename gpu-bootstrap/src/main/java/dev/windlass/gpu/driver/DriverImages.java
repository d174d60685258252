package dev.windlass.gpu.driver;

import dev.windlass.gpu.catalogue.DriverVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of NVIDIA's driver images fits an operating system and a kernel. Source: the tags that
 * NVIDIA publishes as of 2026-09: precompiled modules for Ubuntu's own kernels in two branches,
 * images that compile for the systems of {@link #supports}.
 */
public final class DriverImages {
  private static final Pattern SYSTEM =
      Pattern.compile(
          "ubuntu(22|24|26)\\.04|rhel(8|9|10)(\\.\\d+)?|rhcos4\\.\\d+|sl-micro6\\.\\d+");
  private static final Pattern KERNEL = Pattern.compile("(\\d+\\.\\d+)\\.\\d+-\\d+-([a-z-]+)");
  private static final Set<String> FLAVOURS =
      Set.of("aws", "azure", "azure-fde", "generic", "nvidia", "oracle");
  private static final List<Prebuilt> PREBUILT =
      List.of(
          new Prebuilt("ubuntu22.04", Set.of("5.15", "6.8"), Set.of(580, 595)),
          new Prebuilt("ubuntu24.04", Set.of("6.8"), Set.of(580, 595)),
          new Prebuilt("ubuntu26.04", Set.of("7.0"), Set.of(595)));

  /** Kernels whose headers nobody publishes, so that nothing can be compiled for them. */
  private static final Set<String> WITHOUT_HEADERS = Set.of("gke");

  /** Systems whose nodes get the image of their own where a stack names no system. */
  public static final List<String> BY_NODE = List.of("ubuntu24.04", "ubuntu22.04");

  private static final Pattern UBUNTU = Pattern.compile("Ubuntu (\\d\\d\\.\\d\\d)\\b.*");
  private static final Pattern RHEL =
      Pattern.compile("Red Hat Enterprise Linux (\\d+(\\.\\d+)?) .*");

  private DriverImages() {}

  /**
   * A system by the suffix of its image's tag; empty for one without images.
   *
   * @param name as os-release and a Node's {@code osImage} have it, for instance {@code Ubuntu
   *     24.04.2 LTS}
   */
  public static Optional<String> system(String name) {
    Matcher ubuntu = UBUNTU.matcher(name);
    Matcher rhel = RHEL.matcher(name);
    Optional<String> system =
        ubuntu.matches()
            ? Optional.of("ubuntu" + ubuntu.group(1))
            : rhel.matches() ? Optional.of("rhel" + rhel.group(1)) : Optional.empty();
    return system.filter(DriverImages::supports);
  }

  private record Prebuilt(String system, Set<String> kernels, Set<Integer> branches) {}

  /** Whether there is a driver image for an operating system, by the suffix of its tag. */
  public static boolean supports(String system) {
    return SYSTEM.matcher(system).matches();
  }

  /**
   * The tag of the image with modules that were compiled for this very kernel.
   *
   * @param kernel as {@code uname -r} prints it
   */
  public static Optional<String> precompiled(DriverVersion version, String system, String kernel) {
    Matcher matcher = KERNEL.matcher(kernel);
    boolean there =
        matcher.matches()
            && FLAVOURS.contains(matcher.group(2))
            && PREBUILT.stream()
                .anyMatch(each ->
                    each.system().equals(system)
                        && each.kernels().contains(matcher.group(1))
                        && each.branches().contains(version.branch()));
    return there ? Optional.of(version.branch() + "-" + kernel + "-" + system) : Optional.empty();
  }

  /**
   * Why the driver cannot be installed; empty when it can.
   *
   * @param kernel of the machine image; null when nobody says
   * @param compile whether modules may be compiled on the node; null when nobody says
   */
  public static String obstacle(
      DriverVersion version, String system, @Nullable String kernel, @Nullable Boolean compile) {
    if (!supports(system)) {
      return "there is no driver image for operating system " + system;
    }
    if (kernel == null) {
      return Boolean.FALSE.equals(compile)
          ? "compiling is not allowed, and a module for an unnamed kernel cannot be chosen"
          : "";
    }
    if (precompiled(version, system, kernel).isPresent()) {
      return "";
    }
    Matcher matcher = KERNEL.matcher(kernel);
    String none = "kernel " + kernel + " has no precompiled module of branch " + version.branch();
    if (matcher.matches() && WITHOUT_HEADERS.contains(matcher.group(2))) {
      return none + ", and no headers are published for it";
    }
    return Boolean.TRUE.equals(compile) ? "" : none + ", and compiling is not allowed";
  }
}
