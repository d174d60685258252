package dev.windlass.simulations.arena;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the daemon why a pod is pending, as {@code windlass explain pod} does. */
final class WhyPending {
  private WhyPending() {}

  /** What each node group answers, in one line. */
  static String ask(URI daemon, Pod pod) {
    String name = pod.getMetadata().getName();
    URI address = daemon.resolve("/api/v1/explain/pod/" + ArenaPods.NAMESPACE + "/" + name);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return name + ": " + line(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return name + ": not asked";
    }
  }

  private static String line(String explanation) {
    List<String> answers = new ArrayList<>();
    for (JsonNode row : JsonMapper.shared().readTree(explanation).path("rows")) {
      answers.add(row.path(0).asString("") + ": " + row.path(2).asString(""));
    }
    return answers.isEmpty() ? explanation : String.join("; ", answers);
  }
}
