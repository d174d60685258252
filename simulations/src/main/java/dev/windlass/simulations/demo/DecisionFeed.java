package dev.windlass.simulations.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the daemon says it decided and why, read from its public HTTP interface. */
final class DecisionFeed implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final HttpRequest request;
  private final Set<String> seen = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One thing that was decided.
   *
   * @param decision the number of the tick that decided it
   * @param kind {@code rep}, {@code up}, {@code down}, {@code gpu} …
   * @param title the kind as users read it
   * @param what what is done
   * @param because why
   */
  record Entry(long decision, String kind, String title, String what, String because) {}

  DecisionFeed(URI dashboard) {
    request =
        HttpRequest.newBuilder(dashboard.resolve("/api/v1/decisions"))
            .timeout(Duration.ofSeconds(5))
            .build();
  }

  /** What was decided since the last call, the oldest first; nothing when there is no answer. */
  synchronized List<Entry> poll() throws InterruptedException {
    try {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      List<Entry> fresh = new ArrayList<>();
      for (JsonNode entry : JSON.readTree(body).path("decisions")) {
        if (seen.add(entry.path("id").asString(""))) {
          fresh.addFirst(read(entry));
        }
      }
      entries.addAll(fresh);
      return fresh;
    } catch (IOException | JacksonException _) {
      return List.of();
    }
  }

  private static Entry read(JsonNode entry) {
    return new Entry(
        entry.path("decision").asLong(0),
        entry.path("kind").asString(""),
        entry.path("kindTitle").asString(""),
        entry.path("what").asString(""),
        entry.path("because").asString(""));
  }

  /** Everything read so far, the oldest first. */
  synchronized List<Entry> all() {
    return List.copyOf(entries);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
