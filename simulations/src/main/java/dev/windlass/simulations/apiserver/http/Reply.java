package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What goes back: a whole body, or a stream that is written as it comes. */
sealed interface Reply {
  String JSON = "application/json";
  String TEXT = "text/plain; charset=utf-8";

  /** A whole answer. */
  final class Whole implements Reply {
    private final int code;
    private final String contentType;
    private final byte[] body;
    private final Map<String, List<String>> headers;

    Whole(int code, String contentType, byte[] body, Map<String, List<String>> headers) {
      this.code = code;
      this.contentType = contentType;
      this.body = body;
      this.headers = headers;
    }

    int code() {
      return code;
    }

    String contentType() {
      return contentType;
    }

    byte[] body() {
      return body;
    }

    Map<String, List<String>> headers() {
      return headers;
    }

    Whole with(String header, List<String> values) {
      Map<String, List<String>> all = new HashMap<>(headers);
      all.put(header, values);
      return new Whole(code, contentType, body, all);
    }

    Whole warn(List<String> warnings) {
      if (warnings.isEmpty()) {
        return this;
      }
      List<String> values = new ArrayList<>();
      warnings.forEach(w -> values.add("299 - \"" + w.replace("\"", "\\\"") + "\""));
      return with("Warning", values);
    }
  }

  /** An answer of 200 whose body is written piece by piece; it ends when the writer returns. */
  record Stream(String contentType, Writer writer) implements Reply {}

  /** Writes a stream. */
  interface Writer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  static Whole json(int code, JsonNode body) {
    return new Whole(code, JSON, Json.bytes(body), Map.of());
  }

  static Whole bytes(int code, byte[] body) {
    return new Whole(code, JSON, body, Map.of());
  }

  static Whole text(int code, String body) {
    return new Whole(code, TEXT, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Whole noPage() {
    return text(404, "404 page not found\n");
  }
}
