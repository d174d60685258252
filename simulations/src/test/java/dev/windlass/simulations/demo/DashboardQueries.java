package dev.windlass.simulations.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queries of Grafana's dashboard, asked of Prometheus as Grafana asks them. */
final class DashboardQueries {
  private static final Path FILE = Path.of("..", "deploy", "dashboards", "overview.json");
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private DashboardQueries() {}

  static List<JsonNode> panels() {
    return JSON.readTree(FILE.toFile()).get("panels").valueStream().toList();
  }

  /** Every query of every panel. */
  static List<String> all() {
    return panels().stream()
        .filter(panel -> panel.has("targets"))
        .flatMap(panel -> panel.get("targets").valueStream())
        .map(target -> target.get("expr").asString())
        .toList();
  }

  /** How many numbers a query has over a time. */
  static long numbers(URI prometheus, String query, Instant from, Instant to)
      throws IOException, InterruptedException {
    String asked = query.replace("$__rate_interval", "10s");
    String parameters =
        "query=%s&start=%d&end=%d&step=%d"
            .formatted(
                URLEncoder.encode(asked, StandardCharsets.UTF_8),
                from.getEpochSecond(),
                to.getEpochSecond(),
                STEP.toSeconds());
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(prometheus.resolve("/api/v1/query_range?" + parameters))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IOException(query + ": " + answer.get("error").asString());
      }
      return answer
          .get("data")
          .get("result")
          .valueStream()
          .flatMap(series -> series.get("values").valueStream())
          .filter(point -> !point.get(1).asString().equals("NaN"))
          .count();
    }
  }
}
