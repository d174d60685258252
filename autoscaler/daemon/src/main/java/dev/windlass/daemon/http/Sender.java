package dev.windlass.daemon.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.windlass.daemon.dashboard.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an answer with the headers that every answer has. */
final class Sender {
  /** Only our own files and our own API; no frames, no inline code. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  /** Smaller bodies aren't worth compressing. */
  private static final int MIN_GZIP_BYTES = 1024;

  private Sender() {}

  static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    secure(headers);
    headers.set("Content-Type", answer.contentType());
    extra(headers, answer.status());
    if (!answer.etag().isEmpty()) {
      headers.set("ETag", answer.etag());
      if (answer.etag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
    }
    byte[] body = answer.body();
    headers.set("Vary", "Accept-Encoding");
    if (body.length >= MIN_GZIP_BYTES
        && acceptsGzip(exchange.getRequestHeaders().getFirst("Accept-Encoding"))) {
      body = gzip(body);
      headers.set("Content-Encoding", "gzip");
    }
    write(exchange, answer.status(), body);
  }

  /** The headers that keep a browser from doing anything but showing the page. */
  static void secure(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private static void extra(Headers headers, int status) {
    switch (status) {
      case 401 -> headers.set("WWW-Authenticate", "Bearer");
      case 405 -> headers.set("Allow", "GET, HEAD");
      case 503 -> headers.set("Retry-After", "5");
      default -> {}
    }
  }

  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static boolean acceptsGzip(@Nullable String accepted) {
    return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }
}
