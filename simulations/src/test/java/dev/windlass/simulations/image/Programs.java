package dev.windlass.simulations.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the machine that run to their end. */
final class Programs {
  private Programs() {}

  /** What one writes; fails when it fails. */
  static String output(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + text);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    return text;
  }
}
