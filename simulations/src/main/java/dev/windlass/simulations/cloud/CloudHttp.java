package dev.windlass.simulations.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.simulated.CloudWire;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The simulated cloud's HTTP interface, on loopback. */
public final class CloudHttp implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final CloudState state;
  private final InstantSource clock;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Starts to serve on a free port; every call must carry the token. */
  public CloudHttp(CloudState state, InstantSource clock, String token) {
    this.state = state;
    this.clock = clock;
    this.token = token;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    server.setExecutor(threads);
    server.createContext("/v1/groups/", this::serve);
    server.start();
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        refuse(exchange, 401, new CloudFailure(Cause.CONFIG, "wrong or missing token"));
        return;
      }
      route(exchange);
    } catch (JacksonException | IllegalArgumentException malformed) {
      refuse(exchange, 400, new CloudFailure(Cause.CONFIG, "malformed request: " + malformed));
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
    String group = decode(path[3]);
    String call = exchange.getRequestMethod() + (path.length > 4 ? " " + path[4] : "");
    switch (call) {
      case "GET" -> answer(exchange, state.describe(group, clock.instant()), CloudHttp::view);
      case "POST increase" -> {
        CloudWire.IncreaseRequest body = body(exchange, CloudWire.IncreaseRequest.class);
        Increase change = new Increase(body.from(), body.to(), body.machines());
        answer(
            exchange,
            state.increase(group, change, operation(exchange), clock.instant()),
            CloudWire.Target::new);
      }
      case "POST delete" -> {
        InstanceId instance =
            new InstanceId(body(exchange, CloudWire.DeleteRequest.class).instance());
        answer(
            exchange,
            state.delete(group, instance, operation(exchange), clock.instant()),
            deleted -> new CloudWire.Deleted(deleted, state.has(instance, clock.instant())));
      }
      default -> refuse(exchange, 404, new CloudFailure(Cause.CONFIG, "no such call: " + call));
    }
  }

  private static CloudWire.Group view(GroupView view) {
    return new CloudWire.Group(
        view.target(),
        view.instances().stream().map(CloudWire.Machine::of).toList(),
        view.failures().stream().map(CloudWire.Failure::of).toList());
  }

  private static <T> void answer(
      HttpExchange exchange, CloudOutcome<T> outcome, Function<T, Object> body) throws IOException {
    switch (outcome) {
      case CloudOutcome.Done<T> done -> send(exchange, 200, body.apply(done.value()));
      case CloudOutcome.Conflict<T> conflict ->
          send(exchange, 409, new CloudWire.Conflict(conflict.message()));
      case CloudOutcome.Failed<T> failed ->
          refuse(exchange, status(failed.failure().cause()), failed.failure());
      case CloudOutcome.Unknown<T> _ -> {
        // Closed without an answer: the caller cannot know what happened.
      }
    }
  }

  private static int status(Cause cause) {
    return switch (cause) {
      case CAPACITY, TRANSIENT, UNKNOWN -> 503;
      case QUOTA, PERMISSION -> 403;
      case THROTTLED -> 429;
      case AUTH -> 401;
      case NOT_FOUND -> 404;
      case CONFIG, CONFLICT -> 400;
    };
  }

  private static void refuse(HttpExchange exchange, int status, CloudFailure failure)
      throws IOException {
    send(exchange, status, CloudWire.Refusal.of(failure));
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
    return JSON.readValue(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), type);
  }

  private static OperationId operation(HttpExchange exchange) {
    List<String> header = exchange.getRequestHeaders().get(CloudWire.OPERATION_HEADER);
    if (header == null || header.isEmpty()) {
      throw new IllegalArgumentException("a change needs the header " + CloudWire.OPERATION_HEADER);
    }
    return new OperationId(decode(header.getFirst()));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
