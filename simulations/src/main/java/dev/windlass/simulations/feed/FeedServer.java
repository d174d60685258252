package dev.windlass.simulations.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Answers lists, page by page, and watches over loopback HTTP as an API server does, without a
 * store and without looking at what it hands out. Kinds that it has no feed of are empty; there is
 * no discovery.
 */
public final class FeedServer implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Feed> feeds = new ConcurrentHashMap<>();
  private final Map<String, OpenWatches> watches = new ConcurrentHashMap<>();
  private volatile boolean expired;

  private FeedServer(HttpServer server, List<Feed> feeds) {
    this.server = server;
    feeds.forEach(each -> this.feeds.put(each.path(), each));
  }

  /** Serves these kinds until it is closed. */
  public static FeedServer start(List<Feed> feeds) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
      FeedServer server = new FeedServer(http, feeds);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** Where it serves. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many watches of a kind have begun, those that have ended included. */
  public int watches(String path) {
    return open(path).begun();
  }

  /** Replaces what a kind's next list holds; open watches are not told. */
  public void replace(Feed feed) {
    feeds.put(feed.path(), feed);
  }

  /**
   * Sends an event to every open watch of a kind; returns once it is handed over.
   *
   * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED} or {@code BOOKMARK}
   * @param object as JSON
   */
  public void send(String path, String type, String object) {
    open(path).send(event(type, object));
  }

  /** Closes every open watch of a kind, as a proxy does that has had enough. */
  public void drop(String path) {
    open(path).close();
  }

  /** Whether a watch is told from now on that its version is too old. */
  public void expire(boolean value) {
    expired = value;
  }

  @Override
  public void close() {
    watches.values().forEach(OpenWatches::close);
    server.stop(0);
    threads.shutdownNow();
  }

  private OpenWatches open(String path) {
    return watches.computeIfAbsent(path, _ -> new OpenWatches());
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> query = query(exchange.getRequestURI().getQuery());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (!exchange.getRequestMethod().equals("GET") || !isList(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else if ("true".equals(query.get("watch"))) {
        watch(exchange, path);
      } else {
        list(exchange, path, query);
      }
    }
  }

  /** The list of a kind, not the discovery of its group. */
  private static boolean isList(String path) {
    int parts = path.split("/", -1).length - 1;
    return path.startsWith("/apis/") ? parts >= 4 : path.startsWith("/api/v1/");
  }

  private void watch(HttpExchange exchange, String path) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (expired) {
      out.write(
          event(
                  "ERROR",
                  "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                      + "\"reason\":\"Expired\",\"code\":410,\"message\":\"too old\"}")
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
      return;
    }
    open(path).serve(out);
  }

  private void list(HttpExchange exchange, String path, Map<String, String> query)
      throws IOException {
    Feed feed = feeds.getOrDefault(path, new Feed(path, 0, _ -> "{}"));
    int begin = Integer.parseInt(query.getOrDefault("continue", "0"));
    int limit = Integer.parseInt(query.getOrDefault("limit", "0"));
    int end = limit == 0 ? feed.size() : Math.min(feed.size(), begin + limit);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER)) {
      String next = end < feed.size() ? ",\"continue\":\"" + end + "\"" : "";
      out.write(bytes("{\"metadata\":{\"resourceVersion\":\"1\"" + next + "},\"items\":["));
      for (int number = begin; number < end; number++) {
        out.write(bytes((number == begin ? "" : ",") + feed.object().apply(number)));
      }
      out.write(bytes("]}"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> query = new HashMap<>();
    if (text != null) {
      for (String part : text.split("&", -1)) {
        int equals = part.indexOf('=');
        query.put(
            equals < 0 ? part : part.substring(0, equals),
            equals < 0 ? "" : part.substring(equals + 1));
      }
    }
    return query;
  }
}
