package dev.windlass.gpu.runtime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions of containerd's configuration; they name the CRI plugin differently. */
enum ContainerdFormat {
  V1(1, "cri", false),
  V2(2, "io.containerd.grpc.v1.cri", false),
  V3(3, "io.containerd.cri.v1.runtime", true);

  private final long number;
  private final String plugin;
  private final boolean cdiByDefault;

  ContainerdFormat(long number, String plugin, boolean cdiByDefault) {
    this.number = number;
    this.plugin = plugin;
    this.cdiByDefault = cdiByDefault;
  }

  /** A document's version; one that names none is of version 1. Empty for an unknown one. */
  static Optional<ContainerdFormat> of(TomlTree tree) {
    Object version = tree.root().getOrDefault("version", 0L);
    if (version.equals(0L)) {
      return Optional.of(V1);
    }
    return Stream.of(values()).filter(format -> version.equals(format.number)).findFirst();
  }

  /** The newest version that a containerd writes itself. */
  static ContainerdFormat newest(RuntimeVersion containerd) {
    return containerd.isAtLeast(2, 0) ? V3 : V2;
  }

  static boolean isCriPlugin(String name) {
    return Stream.of(values()).anyMatch(format -> format.plugin.equals(name));
  }

  long number() {
    return number;
  }

  /** Whether CDI is on where a document says nothing of it. */
  boolean cdiByDefault() {
    return cdiByDefault;
  }

  /** Version 1 has no imports. */
  boolean hasImports() {
    return this != V1;
  }

  List<String> cri() {
    return List.of("plugins", plugin);
  }

  List<String> containerd() {
    return List.of("plugins", plugin, "containerd");
  }

  List<String> runtime(String name) {
    return List.of("plugins", plugin, "containerd", "runtimes", name);
  }

  List<String> runtimeOptions(String name) {
    return List.of("plugins", plugin, "containerd", "runtimes", name, "options");
  }
}
