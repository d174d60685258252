package dev.windlass.simulations.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program that runs until it is closed, with its output in a file. */
final class Child implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static Child start(Path program, List<String> arguments, Path folder) {
    String name = program.getFileName().toString();
    Path log = folder.resolve(name + ".log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Child(name, log, process);
    } catch (IOException refused) {
      throw new UncheckedIOException("can't start " + program, refused);
    }
  }

  /** Waits until it serves; fails with the end of its output when it ends or takes too long. */
  void await(BooleanSupplier serves, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!serves.getAsBoolean()) {
      boolean late = System.nanoTime() > end;
      if (late || ended()) {
        throw new IllegalStateException(
            name + (late ? " does not serve after " + patience : " ended") + ":\n" + lastLines());
      }
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  long pid() {
    return process.pid();
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException unreadable) {
      return "(its output can't be read: " + unreadable.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
