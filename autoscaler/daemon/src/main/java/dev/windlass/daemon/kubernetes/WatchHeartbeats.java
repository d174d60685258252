package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Hears every watch of one client: when each gave its last sign of life, an answer, an event or one
 * of the bookmarks that an API server sends about once a minute. A watch that says nothing for too
 * long may have lost its connection without either side knowing, so it is ended; its informer then
 * begins another one where it ended.
 */
final class WatchHeartbeats implements Interceptor {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Duration limit;
  private final Duration answerLimit;
  private final LongSupplier nanoTime;
  private final Set<String> listed = ConcurrentHashMap.newKeySet();
  private final Map<String, Sign> signs = new ConcurrentHashMap<>();

  /** The last sign of a path's watch, and what ends it. */
  private record Sign(long at, AsyncBody body) {}

  /**
   * Hears nothing yet.
   *
   * @param limit how long an open watch may say nothing
   * @param answerLimit how long a watch may stay unanswered
   * @param nanoTime a clock that never goes back
   */
  WatchHeartbeats(Duration limit, Duration answerLimit, LongSupplier nanoTime) {
    this.limit = limit;
    this.answerLimit = answerLimit;
    this.nanoTime = nanoTime;
  }

  /** Whether every path has been watched that was listed page by page, as informers do before. */
  boolean complete() {
    return signs.keySet().containsAll(listed);
  }

  /** How long the watch that has been silent for longest has been so; zero without any. */
  Duration silence() {
    long now = nanoTime.getAsLong();
    long longest = signs.values().stream().mapToLong(sign -> now - sign.at()).max().orElse(0);
    return Duration.ofNanos(longest);
  }

  /** Ends the watches that have been silent for too long; returns their paths. */
  List<String> endTheSilent() {
    long now = nanoTime.getAsLong();
    return signs.entrySet().stream()
        .filter(sign -> now - sign.getValue().at() > limit.toNanos())
        .filter(sign -> ended(sign.getValue().body()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean ended(AsyncBody body) {
    boolean open = !body.done().isDone();
    if (open) {
      body.cancel();
    }
    return open;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (isWatch(request) && builder instanceof HttpRequest.Builder timed) {
      timed.timeout(answerLimit.toNanos() / NANOS_PER_MILLI, TimeUnit.MILLISECONDS);
    }
    if (!isWatch(request) && has(request, "limit=")) {
      listed.add(request.uri().getPath());
    }
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    if (!isWatch(request)) {
      return consumer;
    }
    String path = request.uri().getPath();
    return (bytes, body) -> {
      signs.put(path, new Sign(nanoTime.getAsLong(), body));
      consumer.consume(bytes, body);
    };
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isWatch(request) && response.isSuccessful() && response.body() instanceof AsyncBody open) {
      signs.put(request.uri().getPath(), new Sign(nanoTime.getAsLong(), open));
    }
  }

  private static boolean isWatch(HttpRequest request) {
    return has(request, "watch=true");
  }

  private static boolean has(HttpRequest request, String parameter) {
    String query = request.uri().getQuery();
    return query != null && ("&" + query).contains("&" + parameter);
  }
}
