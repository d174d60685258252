package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.engine.Pacing;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DaemonIT {
  private static final DaemonSettings.LeaderElection QUICK =
      new DaemonSettings.LeaderElection(
          true,
          "windlass-system",
          "windlass",
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMillis(300));

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void leadsDecidesAndTellsAboutBadResources() throws IOException {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: good}
        spec: {minSize: 0, maxSize: 3, nodeSelector: {pool: good}}
        ---
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: bad}
        spec:
          minSize: 0
          maxSize: 3
          nodeSelector: {pool: bad}
          scaleUp: {provisionTimeout: 0s}
        """);
    try (Daemon daemon = Daemon.start(settings(), cluster.daemon)) {
      TestCluster.await("it leads", daemon::leading);
      TestCluster.await("it is ready", () -> status(daemon.uri().resolve("readyz")) == 200);
      TestCluster.await("good is accepted", () -> accepted("good").equals("True"));
      TestCluster.await("bad is not", () -> accepted("bad").equals("False"));
    }
  }

  @Test
  void secondDaemonStandsByUntilTheFirstIsGone() throws IOException {
    Daemon first = Daemon.start(settings(), cluster.daemon);
    TestCluster.await("the first leads", first::leading);
    try (Daemon second = Daemon.start(settings(), cluster.daemon)) {
      assertThat(second.leading()).isFalse();
      first.close();
      TestCluster.await("the second leads", second::leading);
    }
  }

  private static DaemonSettings settings() {
    return new DaemonSettings(
        Policy.DEFAULT,
        new Pacing(Duration.ofMillis(200), Duration.ofMillis(20)),
        new DaemonSettings.Http("127.0.0.1", 0, ""),
        QUICK,
        Map.of(),
        false);
  }

  private String accepted(String group) {
    NodeGroupResource resource =
        cluster.admin.resources(NodeGroupResource.class).withName(group).get();
    List<Condition> conditions =
        resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
    return conditions.stream()
        .filter(each -> each.getType().equals("Accepted"))
        .map(Condition::getStatus)
        .findFirst()
        .orElse("");
  }

  private static int status(URI uri) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
