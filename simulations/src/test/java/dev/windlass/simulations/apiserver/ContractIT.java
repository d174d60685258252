package dev.windlass.simulations.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.simulations.apiserver.ContractReplay.Result;
import dev.windlass.simulations.apiserver.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Future<Result>> running = new ArrayList<>();
      for (JsonNode scenario : scenarios()) {
        String run = "run" + running.size();
        running.add(
            threads.submit(() -> new ContractReplay(server.uri(), client, run).run(scenario)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> one : running) {
        results.add(one.get());
      }
      return results;
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

  private static List<JsonNode> scenarios() throws IOException {
    InputStream file =
        Objects.requireNonNull(ContractIT.class.getResourceAsStream("/contract/replay.jsonl.gz"));
    List<JsonNode> scenarios = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> scenarios.add(Json.parse(line)));
    }
    return scenarios;
  }
}
