package dev.windlass.daemon.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windlass.daemon.dashboard.Answer;
import dev.windlass.daemon.dashboard.DashboardApi;
import dev.windlass.daemon.dashboard.DecisionHistory;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's HTTP server: {@code /healthz}, {@code /readyz}, {@code /metrics}, the dashboard at
 * {@code /} and its API under {@code /api/v1/}. It only reads; no route changes anything.
 */
public final class HttpEndpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoints.class);
  private static final String STREAM = "/api/v1/stream";
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int BACKLOG = 128;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gate gate;
  private final Probes probes;
  private final PrometheusMeterRegistry metrics;
  private final DashboardApi api;
  private final EventStreams streams;
  private final StaticFiles files = new StaticFiles();

  private HttpEndpoints(
      HttpServer server,
      HttpSettings settings,
      Probes probes,
      PrometheusMeterRegistry metrics,
      DecisionHistory history,
      EventStreams.Limits limits) {
    this.server = server;
    this.gate = new Gate(settings);
    this.probes = probes;
    this.metrics = metrics;
    this.api = new DashboardApi(history);
    this.streams = new EventStreams(history, limits);
  }

  /**
   * Binds and serves until it is closed.
   *
   * @param settings where, and for whom
   * @param probes what a kubelet is told
   * @param metrics what {@code /metrics} shows
   * @param history what the dashboard shows
   * @throws IOException when the address can't be bound
   */
  public static HttpEndpoints start(
      HttpSettings settings,
      Probes probes,
      PrometheusMeterRegistry metrics,
      DecisionHistory history)
      throws IOException {
    return start(settings, probes, metrics, history, EventStreams.Limits.DEFAULT);
  }

  static HttpEndpoints start(
      HttpSettings settings,
      Probes probes,
      PrometheusMeterRegistry metrics,
      DecisionHistory history,
      EventStreams.Limits limits)
      throws IOException {
    boundSlowRequests();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
    HttpEndpoints endpoints = new HttpEndpoints(server, settings, probes, metrics, history, limits);
    server.setExecutor(endpoints.threads);
    server.createContext("/", endpoints::handle);
    server.start();
    return endpoints;
  }

  /** The port that is bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Where a browser on this machine finds the dashboard. */
  public URI uri() {
    InetAddress address = server.getAddress().getAddress();
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
  }

  /** Stops at once; open streams end. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    streams.close();
  }

  /** The server reads these properties once, when it is first used; what is set already stays. */
  private static void boundSlowRequests() {
    setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("jdk.httpserver.maxConnections", "512");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = String.valueOf(exchange.getRequestURI().getPath());
      Optional<Answer> refusal =
          gate.refuse(exchange.getRequestMethod(), path, exchange.getRequestHeaders());
      if (refusal.isEmpty() && path.equals(STREAM) && exchange.getRequestMethod().equals("GET")) {
        streams.serve(exchange);
        return;
      }
      Answer answer = refusal.isPresent() ? refusal.get() : answer(exchange.getRequestURI());
      Sender.send(exchange, answer);
    }
  }

  private Answer answer(URI uri) {
    try {
      return route(uri);
    } catch (RuntimeException failure) {
      LOG.atError()
          .addKeyValue("path", uri.getPath())
          .setCause(failure)
          .log("An HTTP request failed");
      return Answer.error(500, "This request failed; the daemon's log says why.");
    }
  }

  private Answer route(URI uri) {
    String path = uri.getPath();
    return switch (path) {
      case "/healthz" -> probed(probes.live().get());
      case "/readyz" -> probed(probes.ready().get());
      case "/metrics" -> Answer.text(200, metrics.scrape()).as(METRICS_TYPE);
      default ->
          path.startsWith("/api/")
              ? api.answer(path, uri.getRawQuery())
              : files.find(path).orElseGet(() -> Answer.error(404, "There is no such page."));
    };
  }

  private static Answer probed(Health health) {
    return Answer.text(health.good() ? 200 : 503, health.message() + "\n");
  }
}
