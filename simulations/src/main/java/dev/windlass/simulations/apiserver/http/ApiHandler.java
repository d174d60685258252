package dev.windlass.simulations.apiserver.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.windlass.simulations.apiserver.model.ApiFailure;
import dev.windlass.simulations.apiserver.model.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Reads a request, has it routed, and writes the answer; failures become a {@code Status}. */
public final class ApiHandler implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());
  private final Router router;

  public ApiHandler(Router router) {
    this.router = router;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (answer(exchange)) {
        case Reply.Whole whole -> write(exchange, whole);
        case Reply.Stream stream -> write(exchange, stream);
      }
    }
  }

  private Reply answer(HttpExchange exchange) throws IOException {
    boolean yaml = false;
    try {
      Request request = Request.read(exchange);
      yaml = request.header("accept").startsWith("application/yaml");
      Reply reply = router.route(request);
      boolean socket = request.header("upgrade").equalsIgnoreCase("websocket");
      return socket && reply instanceof Reply.Stream ? noSocket() : reply;
    } catch (ApiFailure failure) {
      return failed(failure, yaml);
    } catch (JacksonException e) {
      return failed(ApiFailure.badRequest(e.getOriginalMessage()), yaml);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a request failed: " + exchange.getRequestURI(), e);
      return failed(ApiFailure.of(500, "InternalError", "Internal error occurred: " + e), yaml);
    }
  }

  /** Clients that ask for a web socket fall back to a stream when the answer is 503. */
  private static Reply noSocket() {
    return failed(
        ApiFailure.of(503, "ServiceUnavailable", "web sockets are not served, only streams"),
        false);
  }

  private static Reply.Whole failed(ApiFailure failure, boolean yaml) {
    Reply.Whole reply =
        yaml
            ? new Reply.Whole(
                failure.code(), "application/yaml", Json.yaml(failure.status()), Map.of())
            : Reply.json(failure.code(), failure.status());
    for (Map.Entry<String, String> header : failure.headers().entrySet()) {
      reply = reply.with(header.getKey(), List.of(header.getValue()));
    }
    return reply;
  }

  private static void write(HttpExchange exchange, Reply.Whole whole) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", whole.contentType());
    whole.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    boolean bodiless =
        whole.code() == 204
            || exchange.getRequestMethod().equals("HEAD")
            || whole.body().length == 0;
    exchange.sendResponseHeaders(whole.code(), bodiless ? -1 : whole.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(whole.body());
    }
  }

  private static void write(HttpExchange exchange, Reply.Stream stream) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", stream.contentType());
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
      stream.writer().write(out);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
