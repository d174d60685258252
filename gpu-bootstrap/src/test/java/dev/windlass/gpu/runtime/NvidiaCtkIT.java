package dev.windlass.gpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.gpu.runtime.RuntimeChange.DropIn;
import dev.windlass.gpu.runtime.RuntimeChange.MainFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our merge beside NVIDIA's own, {@code nvidia-ctk runtime configure --dry-run}. */
class NvidiaCtkIT {
  private static final RuntimeWish WISH =
      new RuntimeWish("nvidia", "/usr/bin/nvidia-container-runtime", true);

  @TempDir private Path folder;

  /** Files that containerd itself writes, one that a person wrote, each in one format. */
  @ParameterizedTest
  @CsvSource({
    "1.7.22, containerd-1.6.20-default.toml, io.containerd.grpc.v1.cri",
    "1.7.22, user-main.toml, io.containerd.grpc.v1.cri",
    "2.1.4, containerd-2.1.4-default.toml, io.containerd.cri.v1.runtime",
    "2.1.4, user-main.toml, io.containerd.grpc.v1.cri"
  })
  void containerdEndsWithTheSameRuntimesAndCdi(String version, String name, String plugin)
      throws IOException, InterruptedException {
    String before = Texts.named(name);

    TomlTree theirs = Texts.tree(nvidiaCtk("containerd", before));
    TomlTree ours = Texts.tree(ours(version, before));

    List<String> runtimes = List.of("plugins", plugin, "containerd", "runtimes");
    assertThat(ours.tableAt(runtimes).get("nvidia"))
        .as("the handler")
        .isEqualTo(theirs.tableAt(runtimes).get("nvidia"));
    assertThat(ours.tableAt(List.of("plugins", plugin)).getOrDefault("enable_cdi", true))
        .isEqualTo(theirs.tableAt(List.of("plugins", plugin)).get("enable_cdi"));
    if (ours.tableAt(runtimes).containsKey("runc")) {
      assertThat(ours.tableAt(runtimes)).isEqualTo(theirs.tableAt(runtimes));
    }
  }

  /** Their text for version 1 also names keys that this version's handler does not need. */
  @Test
  void containerdOfVersion1GetsTheSameProgramAndType() throws IOException, InterruptedException {
    String before = "[plugins.cri]\n[plugins.cri.containerd]\n";
    List<String> handler = List.of("plugins", "cri", "containerd", "runtimes", "nvidia");
    List<String> options = Stream.concat(handler.stream(), Stream.of("options")).toList();

    TomlTree theirs = Texts.tree(nvidiaCtk("containerd", before));
    TomlTree ours = Texts.tree(ours("1.6.20", before));

    assertThat(ours.textAt(handler, "runtime_type"))
        .isEqualTo(theirs.textAt(handler, "runtime_type"));
    assertThat(ours.textAt(options, "BinaryName"))
        .isEqualTo(theirs.textAt(options, "BinaryName"))
        .isEqualTo(WISH.binary());
  }

  @ParameterizedTest
  @CsvSource({"crun", "runc"})
  void crioEndsWithTheSameHandler(String runtime) throws IOException, InterruptedException {
    String before =
        """
        [crio.runtime]
        default_runtime = "%s"
        [crio.runtime.runtimes.%s]
        runtime_path = "/usr/bin/%s"
        runtime_root = "/run/%s"
        monitor_path = "/usr/libexec/crio/conmon"
        """
            .formatted(runtime, runtime, runtime, runtime);
    List<String> handler = List.of("crio", "runtime", "runtimes", "nvidia");

    Map<String, Object> theirs = Texts.tree(nvidiaCtk("crio", before)).tableAt(handler);

    assertThat(Texts.tree(text(CrioMerge.merge(before, WISH))).tableAt(handler)).isEqualTo(theirs);
    assertThat(theirs).containsEntry("runtime_path", WISH.binary());
  }

  private static String ours(String version, String before) {
    RuntimeVersion containerd = RuntimeVersion.parse(version).orElseThrow();
    return text(
        ContainerdMerge.merge(new ContainerdConfiguration(containerd, before, before), WISH));
  }

  private static String text(RuntimeChange change) {
    return switch (change) {
      case MainFile(String text) -> text;
      case DropIn(String text) -> text;
      case RuntimeChange.Unchanged() -> throw new AssertionError("nothing was missing");
      case RuntimeChange.Refused refused -> throw new AssertionError(refused.message());
    };
  }

  private String nvidiaCtk(String runtime, String before) throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("config.toml"), before);
    List<String> command = new ArrayList<>(List.of(program().toString(), "--quiet"));
    command.addAll(List.of("runtime", "configure", "--dry-run", "--config-source=file"));
    command.addAll(List.of("--runtime=" + runtime, "--config=" + config, "--cdi.enabled"));
    command.add("--nvidia-runtime-path=" + WISH.binary());
    command.add("--drop-in-config=" + folder.resolve("99-nvidia.toml"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(answer).isZero();
    return dropIn(answer);
  }

  /**
   * It prints the drop-in, then the main file, whose first assignment stands outside all tables.
   */
  private static String dropIn(String answer) {
    List<String> lines = answer.lines().toList();
    int end = 1;
    while (end < lines.size() && !lines.get(end).matches("[a-z_]+ = .*")) {
      end++;
    }
    return String.join("\n", lines.subList(0, end)) + "\n";
  }

  private static Path program() {
    Map<String, String> environment = System.getenv();
    Path cache =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "/"), ".cache"));
    Path folder =
        Optional.ofNullable(environment.get("WINDLASS_GPU_ORACLE"))
            .map(Path::of)
            .orElseGet(() -> cache.resolve("windlass").resolve("gpu-oracle"));
    Path program = folder.resolve("nvidia-ctk");
    assumeTrue(
        Files.isExecutable(program),
        "Skipped: no nvidia-ctk; gpu-bootstrap/oracle/build makes it (needs Go and a C compiler)");
    return program;
  }
}
