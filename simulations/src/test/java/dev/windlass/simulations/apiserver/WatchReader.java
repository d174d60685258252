package dev.windlass.simulations.apiserver;

import dev.windlass.simulations.apiserver.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** Reads the events of one watch in a thread of its own. */
final class WatchReader implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<JsonNode> events = new ArrayList<>();
  private final int status;
  private final InputStream stream;
  private boolean ended;

  private WatchReader(HttpResponse<InputStream> response) {
    status = response.statusCode();
    stream = response.body();
  }

  static WatchReader open(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    WatchReader reader = new WatchReader(client.send(request, BodyHandlers.ofInputStream()));
    Thread.ofVirtual().start(reader::read);
    return reader;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(status == 200 ? Json.parse(line) : Json.object(), false);
      }
    } catch (IOException | RuntimeException _) {
      // the reader was closed, or what came is no stream of events
    } finally {
      note(Json.object(), true);
    }
  }

  private void note(JsonNode event, boolean last) {
    lock.lock();
    try {
      if (last) {
        ended = true;
      } else {
        events.add(event);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int status() {
    return status;
  }

  /** All events so far. */
  List<JsonNode> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The types of events that are no bookmarks, once there are so many of them or the watch is over.
   */
  List<String> await(int wanted, long seconds) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(seconds);
    lock.lock();
    try {
      while (types().size() < wanted && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return types();
    } finally {
      lock.unlock();
    }
  }

  private List<String> types() {
    return events.stream()
        .map(event -> Json.string(event, "type"))
        .filter(type -> !type.isEmpty() && !type.equals("BOOKMARK"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
