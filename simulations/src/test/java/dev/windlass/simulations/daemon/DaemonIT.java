package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
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

  private static final DaemonSettings.LeaderElection LONG =
      new DaemonSettings.LeaderElection(
          true,
          QUICK.namespace(),
          QUICK.name(),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          QUICK.retryPeriod());

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
  void secondDaemonTakesOverAtOnceWhenTheFirstIsClosed() throws IOException {
    DaemonSettings patient = settings(LONG);
    Daemon first = Daemon.start(patient, cluster.daemon);
    TestCluster.await("the first leads", first::leading);
    try (Daemon second = Daemon.start(patient, cluster.daemon)) {
      assertThat(second.leading()).isFalse();
      first.close();
      long closed = System.nanoTime();
      TestCluster.await("the second leads", second::leading);
      assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void newLeaderFencesTheGroupsAndCountsOnWhenTheLeaseWasDeleted() throws IOException {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: good}
        spec: {minSize: 0, maxSize: 3, nodeSelector: {pool: good}}
        """);
    for (int term = 0; term < 2; term++) {
      int expected = term;
      try (Daemon _ = Daemon.start(settings(), cluster.daemon)) {
        TestCluster.await("the group is fenced", () -> fence("good") == expected);
      }
    }
    cluster.admin.leases().inNamespace(QUICK.namespace()).withName(QUICK.name()).delete();
    try (Daemon _ = Daemon.start(settings(), cluster.daemon)) {
      TestCluster.await("the group is fenced anew", () -> fence("good") == 2);
    }
  }

  private int fence(String group) {
    NodeGroupStatus status =
        cluster.admin.resources(NodeGroupResource.class).withName(group).get().getStatus();
    return status == null || status.leaderTransitions() == null ? -1 : status.leaderTransitions();
  }

  @Test
  void givesTheLeaseBackWhenItIsClosed() throws IOException {
    try (Daemon daemon = Daemon.start(settings(), cluster.daemon)) {
      TestCluster.await("it leads", daemon::leading);
      assertThat(holder()).isNotEmpty();
    }
    assertThat(holder()).isEmpty();
  }

  private String holder() {
    String holder =
        cluster
            .admin
            .leases()
            .inNamespace(QUICK.namespace())
            .withName(QUICK.name())
            .get()
            .getSpec()
            .getHolderIdentity();
    return holder == null ? "" : holder;
  }

  private static DaemonSettings settings() {
    return settings(QUICK);
  }

  private static DaemonSettings settings(DaemonSettings.LeaderElection election) {
    return new DaemonSettings(
        Policy.DEFAULT,
        new Pacing(Duration.ofMillis(200), Duration.ofMillis(20)),
        new DaemonSettings.Http("127.0.0.1", 0, ""),
        election,
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
