package dev.windlass.simulations.world;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /metrics} in Prometheus' text format at one address. */
public final class TextPage implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Begins to serve.
   *
   * @param address where; port 0 takes a free one
   * @param text the page, made anew for each request
   * @throws IOException when the address can't be bound
   */
  public TextPage(InetSocketAddress address, Supplier<String> text) throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] page = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
          }
        });
    server.start();
  }

  /** Where it is. */
  public URI uri() {
    InetSocketAddress bound = server.getAddress();
    return URI.create(
        "http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
