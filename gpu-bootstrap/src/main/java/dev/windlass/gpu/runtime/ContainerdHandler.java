package dev.windlass.gpu.runtime;

import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one containerd document lacks of a wish, or has against it. */
record ContainerdHandler(TomlTree tree, ContainerdFormat format, RuntimeWish wish) {
  private static final String RUNC_SHIM = "io.containerd.runc.v2";
  private static final String TYPE = "runtime_type";
  private static final String BINARY = "BinaryName";

  /** Why the document cannot be made right by adding to it. */
  Optional<Refused> problem() {
    Optional<List<String>> disabled = tree.textsAt(List.of(), "disabled_plugins");
    if (disabled.stream().flatMap(List::stream).anyMatch(ContainerdFormat::isCriPlugin)) {
      return Optional.of(
          new Refused(RuntimeProblem.CRI_DISABLED, "disabled_plugins is " + disabled.get()));
    }
    if (hasHandler() && !isNvidia(program())) {
      String what = program().isEmpty() ? "the default program" : program();
      return Optional.of(
          new Refused(
              RuntimeProblem.HANDLER_TAKEN, "runtime " + wish.handler() + " starts " + what));
    }
    return wish.cdi() ? CdiDirectories.problem(tree, format.cri()) : Optional.empty();
  }

  /**
   * The settings that are missing.
   *
   * @param source the document whose default runtime the handler is like, of the same version
   */
  List<TomlSetting> missing(TomlTree source) {
    List<TomlSetting> settings = new ArrayList<>();
    if (wish.cdi() && !hasCdi()) {
      settings.add(new TomlSetting(format.cri(), "enable_cdi", true));
    }
    if (!hasHandler()) {
      settings.addAll(defaultRuntime(source));
      settings.addAll(handler(source));
    }
    return settings;
  }

  private boolean hasCdi() {
    return Boolean.TRUE.equals(
        tree.tableAt(format.cri()).getOrDefault("enable_cdi", format.cdiByDefault()));
  }

  private boolean hasHandler() {
    return tree.hasTable(format.runtime(wish.handler()));
  }

  private String program() {
    List<String> options = format.runtimeOptions(wish.handler());
    String program = tree.textAt(options, BINARY);
    String old = program.isEmpty() ? tree.textAt(options, "Runtime") : program;
    return old.isEmpty() ? tree.textAt(format.runtime(wish.handler()), "runtime_engine") : old;
  }

  /** Another path is right too: a machine image may bring NVIDIA's runtime. */
  private boolean isNvidia(String program) {
    String name = program.substring(program.lastIndexOf('/') + 1);
    return program.equals(wish.binary()) || name.startsWith("nvidia-container-runtime");
  }

  /**
   * A document that names any runtime loses the built-in one, so that one must be named too. A
   * default runtime of another name is the user's own and stays as it is.
   */
  private List<TomlSetting> defaultRuntime(TomlTree source) {
    String name = defaultName(tree);
    if (!name.equals("runc") || tree.hasTable(format.runtime(name))) {
      return List.of();
    }
    Map<String, Object> known = source.tableAt(format.runtime(name));
    return known.isEmpty()
        ? List.of(new TomlSetting(format.runtime(name), TYPE, RUNC_SHIM))
        : settings(name, known, source.tableAt(format.runtimeOptions(name)));
  }

  private List<TomlSetting> handler(TomlTree source) {
    String like = like(source);
    Map<String, Object> table = new TreeMap<>(source.tableAt(format.runtime(like)));
    Map<String, Object> options = new TreeMap<>(source.tableAt(format.runtimeOptions(like)));
    table.put(TYPE, RUNC_SHIM);
    options.put(BINARY, wish.binary());
    return settings(wish.handler(), table, options);
  }

  /** The default runtime, where runc's shim starts it; else runc. */
  private String like(TomlTree source) {
    String name = defaultName(source);
    return source.textAt(format.runtime(name), TYPE).equals(RUNC_SHIM) ? name : "runc";
  }

  private String defaultName(TomlTree document) {
    String name = document.textAt(format.containerd(), "default_runtime_name");
    return name.isEmpty() ? "runc" : name;
  }

  private List<TomlSetting> settings(
      String name, Map<String, Object> table, Map<String, Object> options) {
    List<TomlSetting> settings = new ArrayList<>();
    table.forEach((key, value) -> {
      if (!(value instanceof Map)) {
        settings.add(new TomlSetting(format.runtime(name), key, value));
      }
    });
    options.forEach(
        (key, value) -> settings.add(new TomlSetting(format.runtimeOptions(name), key, value)));
    return settings;
  }
}
