package dev.windlass.provider.testkit.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import dev.windlass.provider.testkit.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The fake behaves as Compute Engine is documented to, without any SDK between. */
class FakeGcpIT {
  private static final String ZONE = "/compute/v1/projects/acme/zones/us-central1-a/";
  private static final String GROUP = ZONE + "instanceGroupManagers/web";
  private static final String ID = "acme/us-central1-a/web";
  private static final Variant N2 =
      new Variant("n2-standard-4", "us-central1-a", Purchase.ON_DEMAND);

  private final HttpClient client = HttpClient.newHttpClient();
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:30Z"));
  private final FakeGcp gcp;

  FakeGcpIT() throws IOException {
    gcp = new FakeGcp(clock, 1, 500);
    gcp.addGroup(new FakeGroup(ID, 0, 10, 2, List.of(N2)));
  }

  @AfterEach
  void stop() {
    gcp.close();
    client.close();
  }

  @Test
  void operationsPassThroughTheirStatesWhileMachinesTakeLonger() {
    JsonNode operation = create("r1", "web-x");
    assertThat(operation.path("targetLink").asString()).endsWith("/instanceGroupManagers/web");
    String self = URI.create(operation.path("selfLink").asString()).getPath();

    assertThat(operation.path("status").asString()).isEqualTo("PENDING");
    clock.advance(Duration.ofSeconds(2));
    assertThat(post(self + "/wait", "").path("status").asString())
        .as("wait returns before the end")
        .isEqualTo("RUNNING");
    clock.advance(Duration.ofSeconds(2));
    assertThat(get(self).path("status").asString()).isEqualTo("DONE");
    assertThat(gcp.machines(ID).getLast().running()).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(gcp.machines(ID).getLast().running()).isTrue();
  }

  @Test
  void aRequestIdIsAnsweredWithItsFirstOperationForAnHour() {
    String first = create("r1", "web-x").path("name").asString();

    assertThat(create("r1", "web-y").path("name").asString()).isEqualTo(first);
    assertThat(gcp.target(ID)).isEqualTo(3);
    clock.advance(Duration.ofHours(2));
    create("r1", "web-y");
    assertThat(gcp.target(ID)).isEqualTo(4);
    assertThat(create("00000000-0000-0000-0000-000000000000", "web-z").at("/error/code").asInt())
        .isEqualTo(400);
  }

  @Test
  void aNameThatIsTakenFailsItsOperationLater() {
    create("r1", "web-x");
    String self = URI.create(create("r2", "web-x").path("selfLink").asString()).getPath();
    clock.advance(Duration.ofSeconds(5));

    assertThat(get(self).at("/error/errors/0/code").asString()).isEqualTo("MEMBER_ALREADY_EXISTS");
    assertThat(gcp.target(ID)).isEqualTo(3);
  }

  @Test
  void aSoldOutMachineIsTriedForEver() {
    gcp.sellOut(FailureScope.ALL);
    create("r1", "web-x");
    clock.advance(Duration.ofDays(1));

    JsonNode machine = post(GROUP + "/listManagedInstances", "").at("/managedInstances/2");
    assertThat(machine.path("currentAction").asString()).isEqualTo("CREATING");
    assertThat(machine.at("/lastAttempt/errors/errors/0/code").asString())
        .isEqualTo("ZONE_RESOURCE_POOL_EXHAUSTED");
    assertThat(gcp.target(ID)).isEqualTo(3);
    gcp.restock();
    clock.advance(Duration.ofMinutes(2));
    assertThat(gcp.machines(ID)).allMatch(FakeMachine::running);
  }

  @Test
  void oneBadInstanceFailsAWholeDeletionUnlessItIsSkipped() {
    String good = "projects/acme/zones/us-central1-a/instances/" + name(0);
    String bodyStart = "{\"instances\": [\"" + good + "\", \"projects/acme/zones/z/instances/no\"]";

    assertThat(post(GROUP + "/deleteInstances", bodyStart + "}").at("/error/code").asInt())
        .isEqualTo(400);
    assertThat(gcp.target(ID)).isEqualTo(2);
    post(GROUP + "/deleteInstances", bodyStart + ", \"skipInstancesOnValidationError\": true}");
    assertThat(gcp.target(ID)).isEqualTo(1);
  }

  @Test
  void aStaleFingerprintIsRefused() {
    String body = "{\"fingerprint\": \"%s\"}";
    String fingerprint = get(GROUP).path("fingerprint").asString();

    assertThat(patch(body.formatted(fingerprint)).has("error")).isFalse();
    assertThat(patch(body.formatted(fingerprint)).at("/error/errors/0/reason").asString())
        .isEqualTo("conditionNotMet");
  }

  @Test
  void requestsOfAMethodAreLimitedInWholeMinutes() {
    gcp.setRate(2);
    get(GROUP);
    get(GROUP);
    assertThat(get(GROUP).at("/error/errors/0/reason").asString()).isEqualTo("rateLimitExceeded");
    clock.advance(Duration.ofSeconds(30));
    assertThat(get(GROUP).has("error")).isFalse();
  }

  @Test
  void aPreemptedMachineComesBackUnderItsNameWithAnotherId() {
    InstanceId before = gcp.machines(ID).getFirst().id();
    gcp.interrupt(before, null);
    clock.advance(Duration.ofMinutes(1));

    InstanceId after = gcp.machines(ID).getFirst().id();
    assertThat(after.value()).isEqualTo(before.value());
    assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
    assertThat(gcp.preemptions()).isEqualTo(1);
  }

  @Test
  void aSmallerSizeLetsTheCloudChoose() {
    gcp.setTarget(ID, 1);
    assertThat(gcp.machines(ID)).filteredOn(FakeMachine::leaving).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(gcp.machines(ID)).hasSize(1);
  }

  private String name(int index) {
    return Json.last(gcp.machines(ID).get(index).id().value());
  }

  private JsonNode create(String requestId, String name) {
    return post(
        GROUP + "/createInstances?requestId=" + requestId,
        "{\"instances\": [{\"name\": \"" + name + "\"}]}");
  }

  private JsonNode get(String path) {
    return send("GET", path, "");
  }

  private JsonNode post(String path, String body) {
    return send("POST", path, body);
  }

  private JsonNode patch(String body) {
    return send("PATCH", GROUP, body);
  }

  private JsonNode send(String verb, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(gcp.endpoint().resolve(path))
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException | InterruptedException lost) {
      throw new AssertionError(lost);
    }
  }
}
