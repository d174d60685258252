package dev.windlass.simulations.world;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus on loopback that scrapes one page; its data go when it is closed. */
public final class PrometheusServer implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  private final Process process;
  private final Path folder;
  private final URI uri;

  private PrometheusServer(Process process, Path folder, URI uri) {
    this.process = process;
    this.folder = folder;
    this.uri = uri;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
  }

  /** The program, where one is installed. */
  public static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the program and waits until it answers.
   *
   * @param page what it scrapes; the path must be {@code /metrics}
   * @param interval how often
   * @throws IOException when it does not start
   */
  public static PrometheusServer start(Path program, URI page, Duration interval)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("prometheus");
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global:
          scrape_interval: %1$dms
          scrape_timeout: %1$dms
        scrape_configs:
          - job_name: world
            static_configs:
              - targets: ["%2$s"]
        """
            .formatted(interval.toMillis(), page.getAuthority()));
    URI uri = URI.create("http://127.0.0.1:" + freePort());
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + folder.resolve("data"),
                    "--web.listen-address=" + uri.getAuthority(),
                    "--log.level=error"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, folder, uri);
    if (!server.isReadyInTime()) {
      String log = Files.readString(folder.resolve("log"));
      server.close();
      throw new IOException(program + " did not start: " + log);
    }
    return server;
  }

  /** Where it answers. */
  public URI uri() {
    return uri;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      deleteFolder();
    } catch (IOException _) {
      // what is left lies in the system's folder for temporary files
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isReadyInTime() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (long waited = 0; waited < STARTS_WITHIN.toMillis(); waited += POLL.toMillis()) {
        if (!process.isAlive()) {
          return false;
        }
        if (answers(client)) {
          return true;
        }
        Thread.sleep(POLL);
      }
      return false;
    }
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(uri.resolve("/-/ready")).timeout(STOPS_WITHIN).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
