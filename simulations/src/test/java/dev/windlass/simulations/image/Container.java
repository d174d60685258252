package dev.windlass.simulations.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A process in the image's root, with nothing of this machine but its kernel, clock and network.
 */
final class Container implements AutoCloseable {
  private static final long GRACE_SECONDS = 20;

  private final Process process;
  private final Path log;

  private Container(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * A folder of this machine that the container sees.
   *
   * @param source the folder
   * @param target where it sees it
   * @param writable whether it may write there
   */
  record Mount(Path source, String target, boolean writable) {
    private String line() {
      return source.toAbsolutePath() + " " + target + (writable ? " rw" : " ro");
    }
  }

  /** Starts the image's entry point. */
  static Container start(
      ImageTarball image,
      List<String> arguments,
      Map<String, String> environment,
      List<Mount> mounts)
      throws IOException {
    List<String> points = new ArrayList<>(List.of("/dev", "/proc"));
    mounts.forEach(each -> points.add(each.target()));
    Path root = image.root(points);
    Path list =
        Files.write(
            image.folder().resolveSibling("mounts"), mounts.stream().map(Mount::line).toList());
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", script(), root.toString(), list.toString()));
    command.addAll(image.setting("Entrypoint"));
    command.addAll(arguments);
    Path log = image.folder().resolveSibling("container.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(environment);
    return new Container(builder.start(), log);
  }

  private static String script() {
    try {
      return Path.of(
              Objects.requireNonNull(Container.class.getResource("/image/run-container.sh"))
                  .toURI())
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  boolean running() {
    return process.isAlive();
  }

  /** What it has written so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Its exit status, once it has ended. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it is still running:\n" + log());
    }
    return process.exitValue();
  }

  /** Asks it to end, as a kubelet does. */
  void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
