package dev.windlass.simulations.apiserver.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Text files beside the classes: one entry a line, comments begin with {@code #}. */
final class Resources {
  private Resources() {}

  static List<String> lines(String resource) {
    InputStream stream =
        Resources.class.getResourceAsStream("/dev/windlass/simulations/apiserver/" + resource);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(stream, resource), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
