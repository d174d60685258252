package dev.windlass.simulations.apiserver;

import dev.windlass.simulations.apiserver.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Replays one recorded scenario against a server and notes which steps came out otherwise. */
final class ContractReplay {
  private static final long POLL_SECONDS = 20;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private final URI server;
  private final HttpClient client;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<Integer, WatchReader> watches = new HashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private int compared;

  /** A step that did not come out as recorded. */
  record Difference(String group, String scenario, String step, String expected, String found) {}

  /** How many steps were compared, and what differed. */
  record Result(String group, int compared, List<Difference> differences) {}

  ContractReplay(URI server, HttpClient client, String run) {
    this.server = server;
    this.client = client;
    variables.put("run", run);
  }

  /** Replays every recorded scenario, side by side. */
  static List<Result> all(URI server, HttpClient client)
      throws InterruptedException, IOException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Result>> running = new ArrayList<>();
      for (JsonNode scenario : scenarios()) {
        String run = "run" + running.size();
        running.add(threads.submit(() -> new ContractReplay(server, client, run).run(scenario)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> one : running) {
        results.add(one.get());
      }
      return results;
    }
  }

  private static List<JsonNode> scenarios() throws IOException {
    InputStream file =
        Objects.requireNonNull(
            ContractReplay.class.getResourceAsStream("/contract/replay.jsonl.gz"));
    List<JsonNode> scenarios = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> scenarios.add(Json.parse(line)));
    }
    return scenarios;
  }

  Result run(JsonNode scenario) throws IOException, InterruptedException {
    String group = Json.string(scenario, "group");
    for (JsonNode step : scenario.path("steps")) {
      String found = step(step);
      if (step.has("status")) {
        compared++;
        String expected = expected(step);
        if (!expected.equals(found)) {
          differences.add(
              new Difference(
                  group,
                  Json.string(scenario, "scenario"),
                  Json.string(step, "step"),
                  expected,
                  found));
        }
      }
    }
    for (WatchReader watch : watches.values()) {
      watch.close();
    }
    return new Result(group, compared, differences);
  }

  private static String expected(JsonNode step) {
    StringBuilder text = new StringBuilder(step.path("status").asString());
    if (step.has("reason")) {
      text.append(' ').append(Json.string(step, "reason"));
    }
    for (JsonNode event : step.path("events")) {
      text.append(' ').append(event.asString());
    }
    return text.toString();
  }

  private String step(JsonNode step) throws IOException, InterruptedException {
    return switch (Json.string(step, "m")) {
      case "WATCH" -> {
        watches.put(step.path("w").intValue(), watch(step));
        yield "";
      }
      case "WATCHED" -> watched(step);
      default -> exchange(step);
    };
  }

  /** Opens a watch; a server that is not ready for one at once says 429. */
  private WatchReader watch(JsonNode step) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(POLL_SECONDS);
    while (true) {
      WatchReader watch = WatchReader.open(client, request(step));
      if (watch.status() != TOO_MANY_REQUESTS || System.nanoTime() > end) {
        return watch;
      }
      watch.close();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private String watched(JsonNode step) throws InterruptedException {
    WatchReader watch = Objects.requireNonNull(watches.get(step.path("w").intValue()));
    int wanted = step.path("events").size();
    List<String> events = watch.await(wanted, POLL_SECONDS);
    String text = Integer.toString(watch.status());
    return step.has("events") && !events.isEmpty() ? text + " " + String.join(" ", events) : text;
  }

  private String exchange(JsonNode step) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(POLL_SECONDS);
    while (true) {
      HttpResponse<byte[]> response = client.send(request(step), BodyHandlers.ofByteArray());
      JsonNode body = parse(response.body());
      String found = Integer.toString(response.statusCode());
      if (step.has("reason")) {
        found += " " + Json.string(body, "reason");
      }
      String wanted = step.has("wait") ? step.path("wait").asString() : expected(step);
      boolean waits =
          (step.has("poll") || isNotServedYet(response))
              && !found.equals(wanted)
              && System.nanoTime() < end;
      if (!waits) {
        bind(step, body);
        return found;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A real server takes a moment to serve a kind after its definition; this is no Status. */
  private static boolean isNotServedYet(HttpResponse<byte[]> response) {
    return response.statusCode() == 404
        && response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("text/plain"))
            .isPresent();
  }

  private static JsonNode parse(byte[] body) {
    try {
      return body.length == 0 ? Json.object() : Json.parse(body);
    } catch (JacksonException _) {
      return Json.object();
    }
  }

  private void bind(JsonNode step, JsonNode body) {
    for (Map.Entry<String, JsonNode> one : step.path("bind").properties()) {
      variables.put(one.getKey(), body.at(one.getValue().asString()).asString("0"));
    }
  }

  private String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      filled = filled.replace("{{" + variable.getKey() + "}}", variable.getValue());
    }
    return filled;
  }

  private HttpRequest request(JsonNode step) {
    String target = fill(Json.string(step, "t")).replace("timeoutSeconds=5", "timeoutSeconds=1");
    HttpRequest.Builder builder = HttpRequest.newBuilder(server.resolve(target)).timeout(TIMEOUT);
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Authorization", "Bearer " + ContractIT.TOKEN);
    JsonNode body = step.path("b");
    if (!body.isMissingNode()) {
      headers.put("Content-Type", "application/json");
    }
    step.path("h")
        .properties()
        .forEach(e -> headers.put(e.getKey(), fill(e.getValue().asString())));
    headers.values().removeIf(String::isEmpty);
    headers.forEach(builder::setHeader);
    String method = Json.string(step, "m");
    return builder.method(method.equals("WATCH") ? "GET" : method, publisher(body)).build();
  }

  private BodyPublisher publisher(JsonNode body) {
    if (body.has("json")) {
      return BodyPublishers.ofString(fill(body.path("json").toString()));
    }
    if (body.has("raw")) {
      return BodyPublishers.ofString(fill(Json.string(body, "raw")));
    }
    return body.has("base64")
        ? BodyPublishers.ofByteArray(Base64.getDecoder().decode(Json.string(body, "base64")))
        : BodyPublishers.noBody();
  }
}
