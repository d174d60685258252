package dev.windlass.daemon.plan;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running daemon for an explanation: {@code GET /api/v1/explain/KIND/…}. */
final class DaemonQuestion {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The environment variable with the daemon's bearer token, if it wants one. */
  private static final String TOKEN = "WINDLASS_TOKEN";

  private final URI address;

  DaemonQuestion(URI address) {
    this.address = address;
  }

  /** What the daemon said. */
  sealed interface Answer {
    record Explained(ObjectNode explanation) implements Answer {}

    record None(String why) implements Answer {}
  }

  Answer ask(Explanation.Subject subject) {
    URI uri = address.resolve("/api/v1/explain/" + path(subject));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET();
    String token = System.getenv(TOKEN);
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token.strip());
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      return answer(
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return new Answer.None(
          "No daemon answers at " + address + "; name a dump with -f, or its --address.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.None("Interrupted while waiting for " + address + ".");
    }
  }

  private Answer answer(HttpResponse<String> response) {
    if (response.statusCode() == 404) {
      return new Answer.None("The daemon's last decision says nothing about it.");
    }
    if (response.statusCode() != 200) {
      return new Answer.None(
          "The daemon at " + address + " answered " + response.statusCode() + ".");
    }
    try {
      return JsonMapper.shared().readTree(response.body()) instanceof ObjectNode explanation
          ? new Answer.Explained(explanation)
          : new Answer.None("What " + address + " answered is no explanation.");
    } catch (JacksonException _) {
      return new Answer.None("What " + address + " answered is no explanation.");
    }
  }

  private static String path(Explanation.Subject subject) {
    return switch (subject) {
      case Explanation.Subject.OfPod of ->
          "pod/" + part(of.pod().namespace()) + "/" + part(of.pod().name());
      case Explanation.Subject.OfNode of -> "node/" + part(of.node());
      case Explanation.Subject.OfScaler of ->
          "scaler/" + part(of.scaler().namespace()) + "/" + part(of.scaler().name());
    };
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
