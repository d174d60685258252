package dev.windlass.simulations.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.model.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Watches over HTTP. */
class WatchIT {
  private static final long BOUND_SECONDS = 30;
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private final EmbeddedApiServer server =
      EmbeddedApiServer.builder().user("t", "root", "system:masters").build().start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(server.uri().resolve(target)).header("Authorization", "Bearer t");
  }

  private JsonNode send(String method, String target, String body)
      throws IOException, InterruptedException {
    String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    HttpRequest request =
        request(target)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return Json.parse(client.send(request, BodyHandlers.ofByteArray()).body());
  }

  private WatchReader watch(String query) throws IOException, InterruptedException {
    return WatchReader.open(client, request(MAPS + "?watch=true&" + query).build());
  }

  private static String version(JsonNode object) {
    return Json.string(object, "metadata", "resourceVersion");
  }

  @Test
  void showsWhatLeavesTheSelectionAsItWasUnderTheNewVersion() throws Exception {
    JsonNode made =
        send("POST", MAPS, "{'metadata':{'name':'a','labels':{'on':'yes'}},'data':{'k':'1'}}");
    try (WatchReader watch = watch("labelSelector=on%3Dyes&resourceVersion=" + version(made))) {
      JsonNode left =
          send("PATCH", MAPS + "/a", "{'metadata':{'labels':{'on':'no'}},'data':{'k':'2'}}");

      assertThat(watch.await(1, BOUND_SECONDS)).containsExactly("DELETED");
      JsonNode shown = watch.events().getFirst().path("object");
      assertThat(Json.string(shown, "data", "k")).isEqualTo("1");
      assertThat(version(shown)).isEqualTo(version(left));
    }
  }

  @Test
  void endsAStreamedListWithAMarkedBookmark() throws Exception {
    send("POST", MAPS, "{'metadata':{'name':'a'}}");
    String query =
        "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1";
    try (WatchReader watch = watch(query)) {
      assertThat(watch.await(2, BOUND_SECONDS)).containsExactly("ADDED");
      JsonNode bookmark =
          watch.events().stream()
              .filter(e -> Json.string(e, "type").equals("BOOKMARK"))
              .findFirst()
              .orElseThrow();
      assertThat(
              bookmark
                  .path("object")
                  .path("metadata")
                  .path("annotations")
                  .path("k8s.io/initial-events-end")
                  .asString())
          .isEqualTo("true");
    }
  }

  @Test
  void answersAForgottenVersionWithOneErrorOfGone() throws Exception {
    JsonNode made = send("POST", MAPS, "{'metadata':{'name':'a'}}");
    send("PATCH", MAPS + "/a", "{'data':{'k':'2'}}");
    server.forgetChanges();

    try (WatchReader watch = watch("resourceVersion=" + version(made))) {
      assertThat(watch.await(2, BOUND_SECONDS)).isEqualTo(List.of("ERROR"));
      assertThat(watch.status()).isEqualTo(200);
      assertThat(watch.events().getFirst().path("object").path("code").intValue()).isEqualTo(410);
    }
  }

  @Test
  void sendsNothingForAWriteThatChangesNothing() throws Exception {
    JsonNode made = send("POST", MAPS, "{'metadata':{'name':'a'},'data':{'k':'1'}}");
    try (WatchReader watch = watch("timeoutSeconds=1&resourceVersion=" + version(made))) {
      JsonNode same = send("PATCH", MAPS + "/a", "{'data':{'k':'1'}}");

      assertThat(version(same)).isEqualTo(version(made));
      assertThat(watch.await(1, BOUND_SECONDS)).isEmpty();
    }
  }
}
