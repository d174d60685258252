package dev.windlass.provider.testkit.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client may rely on: the manners of Resource Manager and of scale sets. */
class FakeAzureIT {
  private static final String GROUP =
      FakeScaleSet.prefix("Workers") + "/providers/Microsoft.Compute/virtualMachineScaleSets";
  private static final String SET = GROUP + "/web";
  private static final String VERSION = "?api-version=2025-04-01";
  private static final Variant ZONAL =
      new Variant("Standard_D4s_v5", "eastus-1", Purchase.ON_DEMAND);

  private final FakeAzure azure =
      new FakeAzure(new VirtualClock(Instant.parse("2026-03-01T12:00:00Z")), 2);
  private final HttpClient http = HttpClient.newHttpClient();

  FakeAzureIT() {
    azure.addGroup(new FakeGroup("Workers/web", 0, 10, 3, List.of(ZONAL)));
  }

  @AfterEach
  void close() {
    http.close();
    azure.close();
  }

  @Test
  void asksForATokenAndAVersion() throws Exception {
    HttpRequest bare = HttpRequest.newBuilder(URI.create(azure.endpoint() + SET + VERSION)).build();
    assertThat(http.send(bare, BodyHandlers.ofString()).statusCode()).isEqualTo(401);

    HttpResponse<String> unversioned = get(SET);
    assertThat(unversioned.statusCode()).isEqualTo(400);
    assertThat(json(unversioned).at("/error/code").asString())
        .isEqualTo("MissingApiVersionParameter");
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    HttpResponse<String> none = get(GROUP + "/none" + VERSION);

    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(json(none).at("/error/code").asString()).isEqualTo("ResourceNotFound");
    assertThat(json(none).at("/error/details").isArray()).isTrue();
    assertThat(none.headers().firstValue("x-ms-ratelimit-remaining-resource")).isPresent();
  }

  @Test
  void pagesAndSpellsResourceGroupsInTwoWays() throws Exception {
    HttpResponse<String> first = get(SET + "/virtualMachines" + VERSION);
    URI next = URI.create(json(first).path("nextLink").asString());
    HttpResponse<String> second = get(next.getRawPath() + "?" + next.getRawQuery());

    assertThat(json(first).path("value")).hasSize(2);
    assertThat(json(second).path("value")).hasSize(1);
    assertThat(json(second).path("nextLink").isMissingNode()).isTrue();
    assertThat(json(first).at("/value/0/id").asString()).contains("/WORKERS/");
    assertThat(json(get(SET + VERSION)).path("id").asString()).contains("/Workers/");
  }

  @Test
  void changesTheEtagWithEachWriteAndRefusesAnOldOne() throws Exception {
    String etag = json(get(SET + VERSION)).path("etag").asString();
    HttpResponse<String> taken = resize(4, etag);
    HttpResponse<String> refused = resize(5, etag);

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(json(taken).at("/properties/provisioningState").asString()).isEqualTo("Updating");
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(azure.target("Workers/web")).isEqualTo(4);
  }

  @Test
  void carriesAnOperationOutAsTimePasses() throws Exception {
    HttpResponse<String> taken = resize(4, "*");

    assertThat(status(taken)).isEqualTo("InProgress");
    azure.clock().advance(Duration.ofMinutes(2));
    assertThat(status(taken)).isEqualTo("Succeeded");
    assertThat(json(get(SET + VERSION)).at("/properties/provisioningState").asString())
        .isEqualTo("Succeeded");
  }

  @Test
  void preemptsAnOperationWithTheNextOne() throws Exception {
    HttpResponse<String> first = resize(4, "*");
    HttpResponse<String> second = resize(5, "*");

    assertThat(json(poll(first)).at("/error/code").asString()).isEqualTo("OperationPreempted");
    azure.clock().advance(Duration.ofMinutes(2));
    assertThat(status(second)).isEqualTo("Succeeded");
    assertThat(azure.machines("Workers/web")).hasSize(5).allMatch(FakeMachine::running);
  }

  @Test
  void keepsTheCapacityAfterAPartialFailure() throws Exception {
    azure.sellOut(FailureScope.ofZone("eastus-1"));
    HttpResponse<String> taken = resize(5, "*");
    azure.clock().advance(Duration.ofMinutes(2));

    assertThat(json(poll(taken)).at("/error/code").asString()).isEqualTo("ZonalAllocationFailed");
    assertThat(json(get(SET + VERSION)).at("/sku/capacity").intValue()).isEqualTo(5);
  }

  @Test
  void refusesBeyondTheQuotaAndChangesNothing() throws Exception {
    azure.limit(FailureScope.ALL, 3);
    HttpResponse<String> refused = resize(4, "*");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).at("/error/message").asString()).contains("Current Limit: 12");
    assertThat(azure.target("Workers/web")).isEqualTo(3);
  }

  @Test
  void neverGivesAnInstanceIdTwice() throws Exception {
    send("POST", SET + "/delete" + VERSION, "{\"instanceIds\":[\"2\"]}", "");
    azure.clock().advance(Duration.ofMinutes(2));
    assertThat(azure.target("Workers/web")).isEqualTo(2);
    resize(3, "*");

    assertThat(azure.machines("Workers/web"))
        .extracting(each -> each.id().value().replaceFirst(".*/", ""))
        .containsExactly("0", "1", "3");
  }

  @Test
  void refusesAWholeDeletionForOneIdThatIsNotThere() throws Exception {
    HttpResponse<String> refused =
        send("POST", SET + "/delete" + VERSION, "{\"instanceIds\":[\"1\",\"77\"]}", "");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(azure.machines("Workers/web")).hasSize(3).noneMatch(FakeMachine::leaving);
  }

  private HttpResponse<String> resize(int capacity, String etag) throws Exception {
    return send("PATCH", SET + VERSION, "{\"sku\":{\"capacity\":" + capacity + "}}", etag);
  }

  private String status(HttpResponse<String> taken) throws Exception {
    return json(poll(taken)).path("status").asString();
  }

  private HttpResponse<String> poll(HttpResponse<String> taken) throws Exception {
    URI operation = URI.create(taken.headers().firstValue("Azure-AsyncOperation").orElseThrow());
    return get(operation.getRawPath() + "?" + operation.getRawQuery());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  private HttpResponse<String> send(String verb, String path, String body, String etag)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(azure.endpoint() + path))
            .method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer token");
    if (!etag.isEmpty()) {
      request.header("If-Match", etag);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.builder().build().readTree(response.body());
  }
}
