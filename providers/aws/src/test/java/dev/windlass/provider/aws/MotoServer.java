package dev.windlass.provider.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The emulator moto as a process of its own on a free port. Its program is found on the PATH or in
 * the folder of the virtual environment that {@code .ci/run} makes.
 */
final class MotoServer implements AutoCloseable {
  private static final String PROGRAM = "moto_server";
  private static final Path OF_CI = Path.of("..", "..", ".ci", "moto", "bin", PROGRAM);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Where the program is; empty if it is not installed. */
  static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(OF_CI),
            Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, PROGRAM)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the program and waits until it answers. */
  static MotoServer start(Path program) throws IOException {
    int port = freePort();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Process process =
        new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MotoServer server = new MotoServer(process, endpoint);
    long deadline = System.nanoTime() + START.toNanos();
    while (!server.answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        server.close();
        throw new IOException("moto does not answer");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try {
      return send("GET", "/moto-api/data.json") == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Forgets everything that was made. */
  void reset() {
    send("POST", "/moto-api/reset");
  }

  private int send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
