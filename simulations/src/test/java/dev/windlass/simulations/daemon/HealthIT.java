package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a kubelet hears from a daemon in a cluster. */
class HealthIT {
  private static final DaemonSettings SETTINGS =
      DaemonSettings.DEFAULT.withHttp(new DaemonSettings.Http("127.0.0.1", 0, ""));

  private final TestCluster cluster = new TestCluster();
  private final HttpClient http = HttpClient.newHttpClient();

  private record Heard(int status, String body) {}

  @AfterEach
  void close() {
    http.close();
    cluster.close();
  }

  @Test
  void isAliveButNotReadyAndNamesWhatItMayNotRead() throws IOException {
    ClusterRole complete = role();
    cluster.admin.resource(without(role(), "poddisruptionbudgets")).update();
    try (Daemon daemon = Daemon.start(SETTINGS, cluster.daemon)) {
      String waiting = "waiting for the first list of poddisruptionbudgets\n";
      TestCluster.await(
          "it names the kind alone", () -> ask(daemon, "readyz").equals(new Heard(503, waiting)));
      assertThat(ask(daemon, "healthz").status()).isEqualTo(200);

      complete.getMetadata().setResourceVersion(null);
      cluster.admin.resource(complete).update();

      TestCluster.await("it is ready", () -> ask(daemon, "readyz").status() == 200);
    }
  }

  @Test
  void aStandbyIsAliveAndReady() throws IOException {
    try (Daemon first = Daemon.start(SETTINGS, cluster.daemon)) {
      TestCluster.await("the first leads", first::leading);
      try (Daemon second = Daemon.start(SETTINGS, cluster.daemon)) {
        TestCluster.await(
            "the second is ready",
            () -> ask(second, "readyz").equals(new Heard(200, "standing by\n")));
        assertThat(ask(second, "healthz")).isEqualTo(new Heard(200, "ok, standing by\n"));
        assertThat(ask(first, "readyz")).isEqualTo(new Heard(200, "leading\n"));
      }
    }
  }

  private ClusterRole role() {
    return cluster.admin.rbac().clusterRoles().withName("windlass").get();
  }

  private static ClusterRole without(ClusterRole role, String resource) {
    List<PolicyRule> rest =
        role.getRules().stream().filter(rule -> !rule.getResources().contains(resource)).toList();
    assertThat(rest).hasSizeLessThan(role.getRules().size());
    role.setRules(rest);
    return role;
  }

  private Heard ask(Daemon daemon, String path) {
    URI uri = daemon.uri().resolve(path);
    try {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return new Heard(response.statusCode(), response.body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Heard(0, "");
    }
  }
}
