package dev.windlass.simulations.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.ContractReplay.Result;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The server answers as the recorded kube-apiserver did; what differs is kept in a report. */
class ContractIT {
  static final String TOKEN = "administrator";
  private static final double LEAST_ALIKE = 0.9;
  private static final Path REPORT = Path.of("..", "docs", "api-server-contract.md");
  private static final Path FOUND = Path.of("target", "api-server-contract.md");

  @Test
  void answersAsTheRecordedServerAndDiffersOnlyAsTheKeptReportSays() throws Exception {
    List<Result> results = replay();
    long compared = results.stream().mapToLong(Result::compared).sum();
    long different = results.stream().mapToLong(r -> r.differences().size()).sum();
    String report = ContractReport.of(results);
    Files.writeString(FOUND, report);

    assertThat(compared).isGreaterThan(900);
    assertThat(compared - different).isGreaterThanOrEqualTo((long) (compared * LEAST_ALIKE));
    assertThat(Files.readString(REPORT))
        .as("docs/api-server-contract.md is out of date: copy simulations/%s over it", FOUND)
        .isEqualTo(report);
  }

  private static List<Result> replay()
      throws InterruptedException, IOException, ExecutionException {
    try (EmbeddedApiServer server = server();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return ContractReplay.all(server.uri(), client);
    }
  }

  private static EmbeddedApiServer server() {
    return EmbeddedApiServer.builder()
        .user(TOKEN, "admin", "system:masters")
        .user("usertoken", "jane")
        .controllers(false)
        .versionWait(Duration.ofMillis(50))
        .build()
        .start();
  }
}
