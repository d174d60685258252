package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.daemon.cli.ExitCode;
import dev.windlass.daemon.cli.Main;
import dev.windlass.simulations.world.PrometheusServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The whole morning, with the real daemon, over HTTP, and a real Prometheus that scrapes it. Takes
 * about a minute and a half.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DemoSimulation {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable PrometheusServer prometheus;
  private Instant begin = Instant.EPOCH;
  private Instant end = Instant.EPOCH;
  private int code;

  @BeforeAll
  void play() throws IOException, InterruptedException {
    int port = freePort();
    if (PrometheusServer.program().isPresent()) {
      prometheus =
          PrometheusServer.start(
              PrometheusServer.program().orElseThrow(),
              URI.create("http://127.0.0.1:" + port + "/metrics"),
              Duration.ofMillis(500));
    }
    begin = Instant.now();
    code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "demo",
            "--once",
            "--port",
            Integer.toString(port),
            "--speed",
            "30");
    end = Instant.now();
  }

  @AfterAll
  void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void everyPodRunsAndTheClusterComesBackToItsMinimum() {
    assertThat(code).as(() -> out + "\n" + err).isEqualTo(ExitCode.OK);
  }

  @Test
  void everyQueryOfGrafanasDashboardHasData() throws IOException, InterruptedException {
    PrometheusServer asked = prometheus;
    assumeTrue(asked != null, "no prometheus on the PATH; Debian's package has it");
    List<String> empty = new ArrayList<>();
    for (String query : DashboardQueries.all()) {
      if (asked != null && DashboardQueries.numbers(asked.uri(), query, begin, end) == 0) {
        empty.add(query);
      }
    }
    assertThat(DashboardQueries.all()).hasSizeGreaterThan(20);
    assertThat(empty).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
