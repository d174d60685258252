package dev.windlass.simulations.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of a real control plane, as {@code simulations/control-plane/build} leaves them.
 *
 * @param folder where they are
 */
public record Binaries(Path folder) {
  /** What a user reads where there are none. */
  public static final String MISSING =
      "no real control plane: run simulations/control-plane/build (needs Go), or set"
          + " WINDLASS_CONTROL_PLANE or KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver";

  /** One of them. */
  public enum Program {
    ETCD("etcd"),
    API_SERVER("kube-apiserver"),
    CONTROLLER_MANAGER("kube-controller-manager"),
    SCHEDULER("kube-scheduler"),
    KWOK("kwok");

    private final String file;

    Program(String file) {
      this.file = file;
    }

    /** The name of its file. */
    public String file() {
      return file;
    }
  }

  /**
   * The first folder that holds a server at least: {@code WINDLASS_CONTROL_PLANE}, the build's own
   * cache folder, {@code KUBEBUILDER_ASSETS}.
   *
   * @param environment the process's environment
   */
  public static Optional<Binaries> find(Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    Optional.ofNullable(environment.get("WINDLASS_CONTROL_PLANE"))
        .map(Path::of)
        .ifPresent(folders::add);
    Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> home + "/.cache"))
        .map(cache -> Path.of(cache, "windlass", "control-plane"))
        .ifPresent(folders::add);
    Optional.ofNullable(environment.get("KUBEBUILDER_ASSETS"))
        .map(Path::of)
        .ifPresent(folders::add);
    return folders.stream()
        .map(Binaries::new)
        .filter(each -> each.has(Program.ETCD) && each.has(Program.API_SERVER))
        .findFirst();
  }

  /** Whether a program is there. */
  public boolean has(Program program) {
    return Files.isExecutable(path(program));
  }

  /** Where a program is. */
  public Path path(Program program) {
    return folder.resolve(program.file());
  }

  /** What kwok plays with nodes and pods where nothing else is said. */
  public List<Path> stages() {
    try (var files = Files.list(folder.resolve("stages"))) {
      return files.sorted().toList();
    } catch (IOException gone) {
      throw new UncheckedIOException("kwok's stages in " + folder, gone);
    }
  }

  /** Those of them for pods alone: whoever makes the machines makes their nodes ready. */
  public List<Path> stagesOfPods() {
    return stages().stream()
        .filter(stage -> !stage.getFileName().toString().contains("node-initialize"))
        .toList();
  }
}
