package dev.windlass.daemon.http;

import com.sun.net.httpserver.HttpExchange;
import dev.windlass.daemon.dashboard.Answer;
import dev.windlass.daemon.dashboard.DecisionHistory;
import dev.windlass.daemon.dashboard.DecisionHistory.Revision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: tells each open page that there is a newer decision or outcome. An event only
 * names it, and a page that is behind is told the newest, so nothing piles up for a slow one.
 */
final class EventStreams implements AutoCloseable {
  private final DecisionHistory history;
  private final Limits limits;
  private final Semaphore places;
  private final WriteWatch watch;

  EventStreams(DecisionHistory history, Limits limits) {
    this.history = history;
    this.limits = limits;
    places = new Semaphore(limits.clients());
    watch = new WriteWatch(limits.writeTimeout());
  }

  /**
   * Bounds.
   *
   * @param clients streams at a time; more are refused
   * @param heartbeat the longest silence
   * @param writeTimeout how long one write may take before the client is dropped
   */
  record Limits(int clients, Duration heartbeat, Duration writeTimeout) {
    static final Limits DEFAULT = new Limits(32, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  /** Serves one client until it goes, is too slow, or the server stops. */
  void serve(HttpExchange exchange) throws IOException {
    if (!places.tryAcquire()) {
      Sender.send(exchange, Answer.error(503, "Too many pages are open."));
      return;
    }
    try {
      Sender.secure(exchange.getResponseHeaders());
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      stream(exchange.getResponseBody());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void stream(OutputStream out) throws IOException, InterruptedException {
    Revision seen = Revision.NONE;
    while (!Thread.currentThread().isInterrupted()) {
      Revision now = history.awaitNewer(seen, limits.heartbeat());
      String event = now.equals(seen) ? heartbeat() : decision(now);
      watch.write(out, event.getBytes(StandardCharsets.UTF_8));
      seen = now;
    }
  }

  private String heartbeat() {
    return "event: heartbeat\ndata: {\"serverTime\":\"" + history.serverTime() + "\"}\n\n";
  }

  private String decision(Revision revision) {
    return "event: decision\nid: "
        + revision.decision()
        + "\ndata: {\"id\":"
        + revision.decision()
        + ",\"log\":"
        + revision.log()
        + ",\"serverTime\":\""
        + history.serverTime()
        + "\"}\n\n";
  }

  @Override
  public void close() {
    watch.close();
  }
}
