package dev.windlass.gpu.runtime;

import dev.windlass.gpu.runtime.RuntimeChange.DropIn;
import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import dev.windlass.gpu.runtime.RuntimeChange.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes CRI-O's drop-in. CRI-O reads every file of its drop-in directory, adds the runtimes of each
 * to the others, and reads CDI specifications unasked.
 */
public final class CrioMerge {
  /** The drop-in; NVIDIA's toolkit writes the same one. */
  public static final String DROP_IN = "/etc/crio/crio.conf.d/99-nvidia.toml";

  private static final List<String> RUNTIME = List.of("crio", "runtime");
  private static final String PATH = "runtime_path";
  private static final String PREAMBLE = "# NVIDIA's runtime handler; written by Windlass.\n";

  private CrioMerge() {}

  /**
   * What must be written, if anything.
   *
   * @param effective what {@code crio status config} says: all files and defaults
   */
  public static RuntimeChange merge(String effective, RuntimeWish wish) {
    return switch (TomlTree.read(effective)) {
      case TomlTree.Reading.Invalid(String message) ->
          new Refused(RuntimeProblem.INVALID_CONFIGURATION, message);
      case TomlTree.Reading.Read(TomlTree tree) -> merge(tree, wish);
    };
  }

  private static RuntimeChange merge(TomlTree tree, RuntimeWish wish) {
    Optional<Refused> problem =
        wish.cdi() ? CdiDirectories.problem(tree, RUNTIME) : Optional.empty();
    if (problem.isPresent()) {
      return problem.get();
    }
    if (!tree.hasTable(runtime(wish.handler()))) {
      return new DropIn(PREAMBLE + "\n" + section(tree, wish));
    }
    String program = tree.textAt(runtime(wish.handler()), PATH);
    String name = program.substring(program.lastIndexOf('/') + 1);
    return program.equals(wish.binary()) || name.startsWith("nvidia-container-runtime")
        ? new Unchanged()
        : new Refused(
            RuntimeProblem.HANDLER_TAKEN,
            "runtime " + wish.handler() + " starts " + (program.isEmpty() ? "nothing" : program));
  }

  /** The handler is like the default runtime in all but its program, so that logs look alike. */
  private static String section(TomlTree tree, RuntimeWish wish) {
    Map<String, Object> table = new TreeMap<>();
    Map<String, Object> like = tree.tableAt(runtime(tree.textAt(RUNTIME, "default_runtime")));
    if (List.of("", "oci").contains(String.valueOf(like.getOrDefault("runtime_type", "")))) {
      table.putAll(like);
    }
    table.put(PATH, wish.binary());
    table.put("runtime_type", "oci");
    return TomlWriter.section(runtime(wish.handler()), table);
  }

  private static List<String> runtime(String name) {
    List<String> path = new ArrayList<>(RUNTIME);
    path.add("runtimes");
    path.add(name);
    return path;
  }
}
