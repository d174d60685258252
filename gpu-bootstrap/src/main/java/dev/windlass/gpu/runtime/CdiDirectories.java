package dev.windlass.gpu.runtime;

import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import java.util.List;
import java.util.Optional;

/** Whether a runtime reads the directory that the toolkit writes its CDI specifications to. */
final class CdiDirectories {
  private static final List<String> WRITTEN = List.of("/var/run/cdi", "/run/cdi");

  private CdiDirectories() {}

  /** The default list has the directory, so only a list of the user's own can lack it. */
  static Optional<Refused> problem(TomlTree tree, List<String> table) {
    return tree.textsAt(table, "cdi_spec_dirs")
        .filter(directories -> directories.stream().noneMatch(CdiDirectories::isWritten))
        .map(directories ->
            new Refused(RuntimeProblem.CDI_DIRECTORY_MISSING, "cdi_spec_dirs is " + directories));
  }

  private static boolean isWritten(String directory) {
    return WRITTEN.contains(
        directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory);
  }
}
