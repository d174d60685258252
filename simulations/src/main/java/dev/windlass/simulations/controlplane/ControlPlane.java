package dev.windlass.simulations.controlplane;

import dev.windlass.simulations.controlplane.Binaries.Program;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A real control plane on loopback: etcd and kube-apiserver, and whatever else is started beside
 * them. Everything ends when it is closed.
 */
public final class ControlPlane implements AutoCloseable {
  /** Who may do everything. */
  public static final Account ADMINISTRATOR =
      new Account("control-plane-administrator", "administrator", "system:masters");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Binaries binaries;
  private final Path folder;
  private final URI server;
  private final Deque<Child> children = new ArrayDeque<>();

  /**
   * Somebody with a token.
   *
   * @param token the token
   * @param user the name
   * @param group the group, or empty
   */
  public record Account(String token, String user, String group) {}

  private ControlPlane(Binaries binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    server = URI.create("https://127.0.0.1:" + port);
  }

  /**
   * Starts etcd and kube-apiserver and waits until they serve.
   *
   * @param folder an empty folder for data, certificates and output
   * @param accounts who has a token beside the administrator
   * @param more arguments of kube-apiserver beside the usual ones
   */
  public static ControlPlane start(
      Binaries binaries, Path folder, List<Account> accounts, String... more) {
    Credentials.write(folder, accounts);
    int etcd = FreePorts.next();
    int port = FreePorts.next();
    ControlPlane plane = new ControlPlane(binaries, folder, port);
    try {
      plane.startEtcd(etcd, FreePorts.next());
      plane.startServer(etcd, port, more);
      return plane;
    } catch (RuntimeException failed) {
      plane.close();
      throw failed;
    }
  }

  private void startEtcd(int clients, int peers) {
    String url = "http://127.0.0.1:" + clients;
    Child etcd =
        run(
            Program.ETCD,
            "--data-dir=" + folder.resolve("etcd"),
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            "--listen-peer-urls=http://127.0.0.1:" + peers,
            "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
            "--initial-cluster=default=http://127.0.0.1:" + peers,
            "--unsafe-no-fsync",
            "--log-level=warn");
    etcd.await(() -> FreePorts.serves(clients), PATIENCE);
  }

  private void startServer(int etcd, int port, String... more) {
    Path key = folder.resolve(Credentials.SIGNING_KEY);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--etcd-servers=http://127.0.0.1:" + etcd,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--service-cluster-ip-range=10.0.0.0/24",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve(Credentials.TOKENS),
                "--allow-privileged=true",
                "--endpoint-reconciler-type=none",
                "--feature-gates=HPAScaleToZero=true"));
    arguments.addAll(List.of(more));
    Child apiServer = run(Program.API_SERVER, arguments.toArray(String[]::new));
    apiServer.await(this::isReady, PATIENCE);
    Credentials.writeKubeconfig(folder, server, certificate());
  }

  private boolean isReady() {
    if (!Files.exists(certificate())) {
      return false;
    }
    try (KubernetesClient client = client(ADMINISTRATOR)) {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  /** Starts kube-scheduler. */
  public ControlPlane withScheduler(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--leader-elect=false", "--secure-port=0"));
    arguments.addAll(List.of(more));
    run(Program.SCHEDULER, authenticated(arguments.toArray(String[]::new)));
    return this;
  }

  /** Starts kube-controller-manager with everything but what needs a cloud or a network. */
  public ControlPlane withControllers(String... more) {
    return controllers("*,-nodeipam,-service-lb-controller,-cloud-node-lifecycle,-route", more);
  }

  /** Starts kube-controller-manager with no controllers but these. */
  public ControlPlane withControllersAlone(List<String> controllers, String... more) {
    return controllers(String.join(",", controllers), more);
  }

  private ControlPlane controllers(String controllers, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--leader-elect=false",
                "--secure-port=0",
                "--service-account-private-key-file=" + folder.resolve(Credentials.SIGNING_KEY),
                "--root-ca-file=" + certificate(),
                "--controllers=" + controllers));
    arguments.addAll(List.of(more));
    run(Program.CONTROLLER_MANAGER, authenticated(arguments.toArray(String[]::new)));
    return this;
  }

  /**
   * Starts kwok, which plays the kubelets of all nodes.
   *
   * @param stages what it plays
   */
  public ControlPlane withKubelets(List<Path> stages) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--kubeconfig=" + folder.resolve(Credentials.KUBECONFIG));
    arguments.add("--manage-all-nodes=true");
    arguments.add("--node-lease-duration-seconds=40");
    stages.forEach(stage -> arguments.add("--config=" + stage));
    run(Program.KWOK, arguments.toArray(String[]::new));
    return this;
  }

  private String[] authenticated(String... more) {
    Path kubeconfig = folder.resolve(Credentials.KUBECONFIG);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private Child run(Program program, String... arguments) {
    Child child = Child.start(binaries.path(program), List.of(arguments), folder);
    children.push(child);
    return child;
  }

  /** What it proves itself with, in PEM. */
  public Path certificate() {
    return folder.resolve("certificates").resolve("apiserver.crt");
  }

  /** Where it serves. */
  public URI server() {
    return server;
  }

  /** How somebody reaches it. */
  public Config config(Account account) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(server.toString())
        .withCaCertFile(certificate().toString())
        .withOauthToken(account.token())
        .withNamespace("default")
        .withOnlyHttpWatches(true)
        .withRequestTimeout(20_000)
        .build();
  }

  /** A client of somebody's own; the caller closes it. */
  public KubernetesClient client(Account account) {
    return new KubernetesClientBuilder().withConfig(config(account)).build();
  }

  @Override
  public void close() {
    while (!children.isEmpty()) {
      children.pop().close();
    }
  }
}
