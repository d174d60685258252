package dev.windlass.provider.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fake's endpoint on loopback: each request is read, given to the script, answered and noted. A
 * request body may have 16 MiB at most.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int MAX_BODY = 16 << 20;

  private final Protocol protocol;
  private final FaultScript script;
  private final Journal journal;
  private final InstantSource clock;
  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Object truth = new Object();
  private volatile Duration latency = Duration.ZERO;

  /** Starts on a free port. */
  public LoopbackServer(Protocol protocol, FaultScript script, Journal journal, InstantSource clock)
      throws IOException {
    this.protocol = protocol;
    this.script = script;
    this.journal = journal;
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every answer comes later by this much real time. */
  public void setLatency(Duration other) {
    latency = other;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
      Protocol.Incoming incoming =
          new Protocol.Incoming(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              body);
      Journal.Request request = protocol.read(incoming);
      await(latency);
      @Nullable Fault fault = script.take(request).orElse(null);
      serve(exchange, incoming, request, fault);
    }
  }

  private void serve(
      HttpExchange exchange,
      Protocol.Incoming incoming,
      Journal.Request request,
      @Nullable Fault fault)
      throws IOException {
    switch (fault) {
      case null -> send(exchange, truth(incoming, request, true));
      case Fault.Refusal refusal -> {
        Reply reply = protocol.refusal(incoming, refusal);
        note(request, reply.status(), false);
        send(exchange, reply);
      }
      case Fault.Foreign foreign -> {
        note(request, foreign.status(), false);
        send(
            exchange,
            new Reply(
                foreign.status(), Map.of("Content-Type", foreign.type()), foreign.body(), false));
      }
      case Fault.Cut cut -> {
        if (cut.happened()) {
          truth(incoming, request, false);
        } else {
          note(request, 0, false);
        }
      }
      case Fault.Truncated _ -> sendHalf(exchange, truth(incoming, request, true));
      case Fault.Silence _ -> {
        truth(incoming, request, false);
        await(Duration.ofHours(1));
      }
      case Fault.Late late -> {
        Reply reply = truth(incoming, request, true);
        await(late.by());
        send(exchange, reply);
      }
    }
  }

  private Reply truth(Protocol.Incoming incoming, Journal.Request request, boolean answered) {
    synchronized (truth) {
      Reply reply = protocol.answer(incoming, request);
      note(request, answered ? reply.status() : 0, reply.happened());
      return reply;
    }
  }

  private void note(Journal.Request request, int status, boolean happened) {
    journal.add(new Journal.Entry(clock.instant(), request, status, happened));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void sendHalf(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  /** Waits that long, or until the server is closed. */
  private void await(Duration time) {
    if (time.isZero()) {
      return;
    }
    try {
      boolean isClosed = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
      if (isClosed) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
