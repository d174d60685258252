package dev.windlass.gpu.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's own tests, in Go: its steps in folders that look like a host's root, its conversation
 * with an API server, its memory.
 */
class AgentProgramIT {
  private static final int PATIENCE_MINUTES = 5;

  @TempDir private Path folder;

  @Test
  void passesItsOwnTests() throws IOException, InterruptedException {
    Path go = go();
    Path log = folder.resolve("log");
    for (List<String> arguments :
        List.of(List.of("vet", "./..."), List.of("test", "-count=1", "./..."))) {
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of(go.toString()), arguments.stream()).toList())
              .directory(Path.of("agent").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }
  }

  private static Path go() {
    Stream<String> folders =
        Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/local/go/bin"));
    List<Path> found =
        folders.map(each -> Path.of(each, "go")).filter(Files::isExecutable).toList();
    assumeTrue(!found.isEmpty(), "Skipped: the agent's tests need Go");
    return found.getFirst();
  }
}
