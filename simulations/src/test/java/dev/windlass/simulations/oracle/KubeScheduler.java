package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program that asks kube-scheduler's filters, built with Go from its folder. */
final class KubeScheduler {
  private static final Path SOURCE = Path.of("control-plane", "scheduler-verdicts");
  private static final long BUILD_MINUTES = 9;

  private final Path folder;
  private final Path program;

  private KubeScheduler(Path folder, Path program) {
    this.folder = folder;
    this.program = program;
  }

  /**
   * Builds the program.
   *
   * @param folder where it goes
   * @return empty where there is no Go, or no way to get the modules
   */
  static Optional<KubeScheduler> build(Path folder) throws IOException, InterruptedException {
    if (!onPath("go") || run(folder, null, null, "go", "list", "-deps", "-f", "", ".") != 0) {
      return Optional.empty();
    }
    Path program = folder.resolve("scheduler-verdicts").toAbsolutePath();
    int built = run(folder, null, null, "go", "build", "-trimpath", "-o", program.toString(), ".");
    assertThat(built).as("go build").isZero();
    return Optional.of(new KubeScheduler(folder, program));
  }

  /** Reads cases, one per line, and writes those that it takes, with its verdicts. */
  void judge(Path cases, Path verdicts) throws IOException, InterruptedException {
    assertThat(run(folder, cases.toFile(), verdicts.toFile(), program.toString()))
        .as("kube-scheduler's filters")
        .isZero();
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static int run(Path notes, @Nullable File input, @Nullable File output, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(SOURCE.toFile());
    builder.environment().put("CGO_ENABLED", "0");
    File log = notes.resolve("log.txt").toFile();
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log));
    builder.redirectOutput(
        output == null
            ? ProcessBuilder.Redirect.appendTo(log)
            : ProcessBuilder.Redirect.to(output));
    if (input != null) {
      builder.redirectInput(input);
    }
    Process process = builder.start();
    if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("no end after " + BUILD_MINUTES + " minutes: " + command[0]);
    }
    return process.exitValue();
  }
}
