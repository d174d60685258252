package dev.windlass.daemon.http;

import dev.windlass.daemon.dashboard.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The dashboard's files, read once. */
final class StaticFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Map<String, Answer> files =
      Map.of(
          "/", load("index.html", HTML),
          "/favicon.svg", load("favicon.svg", "image/svg+xml"),
          "/dashboard.css", load("dashboard.css", CSS),
          "/dashboard.js", load("dashboard.js", SCRIPT),
          "/api.js", load("api.js", SCRIPT),
          "/charts.js", load("charts.js", SCRIPT),
          "/dom.js", load("dom.js", SCRIPT),
          "/sections.js", load("sections.js", SCRIPT));

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
