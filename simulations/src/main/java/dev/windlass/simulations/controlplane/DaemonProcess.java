package dev.windlass.simulations.controlplane;

import dev.windlass.daemon.cli.Main;
import dev.windlass.simulations.controlplane.ControlPlane.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code windlass run} in a process of its own, which can be watched, ended or killed. */
public final class DaemonProcess implements AutoCloseable {
  private static final String DASHBOARD = "dashboard: ";

  private final Path log;
  private final Process process;

  private DaemonProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param account whose token it has
   * @param configuration the spec of its Configuration, apart from where it serves
   * @param folder an empty folder for its files
   */
  public static DaemonProcess start(
      ControlPlane plane, Account account, String configuration, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: local
              cluster: {server: "%s", certificate-authority: "%s"}
            users:
            - name: windlass
              user: {token: "%s"}
            contexts:
            - name: local
              context: {cluster: local, user: windlass}
            current-context: local
            """
                .formatted(plane.server(), plane.certificate(), account.token()));
    Path file =
        Files.writeString(
            folder.resolve("configuration.yaml"),
            """
            apiVersion: windlass.dev/v1alpha1
            kind: Configuration
            spec:
              http: {address: 127.0.0.1, port: 0}
            """
                + configuration);
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return new DaemonProcess(log, builder.start());
  }

  /** Processor time of all its threads since it was started. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Where it serves its dashboard; only once it does. */
  public URI address() {
    return addresses().getFirst();
  }

  /** Whether it serves, and does or does not lead. */
  public boolean ready(boolean leading) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<URI> addresses = addresses();
      return !addresses.isEmpty()
          && http.send(
                  HttpRequest.newBuilder(addresses.getFirst().resolve("readyz")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body()
              .contains(leading ? "leading" : "standing by");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<URI> addresses() {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> line.startsWith(DASHBOARD))
          .map(line -> URI.create(line.substring(DASHBOARD.length())))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Asks it to end, as a kubelet does: SIGTERM. Does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Kills it: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
