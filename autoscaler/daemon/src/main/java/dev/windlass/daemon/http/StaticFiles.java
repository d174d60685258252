package dev.windlass.daemon.http;

import dev.windlass.daemon.dashboard.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The dashboard's three files, read once. */
final class StaticFiles {
  private final Map<String, Answer> files =
      Map.of(
          "/", load("index.html", "text/html; charset=utf-8"),
          "/dashboard.css", load("dashboard.css", "text/css; charset=utf-8"),
          "/dashboard.js", load("dashboard.js", "text/javascript; charset=utf-8"));

  Optional<Answer> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static Answer load(String name, String contentType) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks the dashboard's " + name);
      }
      return Answer.file(contentType, in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException("can't read the dashboard's " + name, broken);
    }
  }
}
