package dev.windlass.gpu.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution's packages for real: the agent's step installs NVIDIA's driver into a bare
 * Debian, up to a kernel module that was compiled there. Needs root, debootstrap and a package
 * source.
 */
class DriverPackagesSimulation {
  private static final int SKIPPED = 77;
  private static final int PATIENCE_MINUTES = 40;

  @TempDir private Path folder;

  @Test
  void installsTheDriverInAChrootAfterAnInterruption() throws IOException, InterruptedException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    Path agent = Path.of("target", "agent", "windlass-gpu-agent-" + architecture);
    assumeTrue(Files.exists(agent), "Skipped: the agent needs Go");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(List.of("agent/prove-in-chroot", agent.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    String output = Files.readString(log, StandardCharsets.ISO_8859_1);
    List<String> lines = output.lines().toList();
    assumeTrue(process.exitValue() != SKIPPED, () -> lines.getLast());

    assertThat(process.exitValue()).as(output).isZero();
    assertThat(lines).anyMatch(line -> line.matches("built [0-9.]+ for [0-9].*"));
    assertThat(lines.getLast()).isEqualTo("Succeeded  nothing to do");
  }
}
