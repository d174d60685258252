package dev.windlass.simulations.controlplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.windlass.simulations.apiserver.AggregatedApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves aggregated APIs on loopback, for a real API server that passes requests on to them. */
public final class AggregatedServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PASSWORD = "only for this test";
  private static final String NAMESPACE = "kube-system";

  private final List<AggregatedApi> apis;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Begins to serve on a free port.
   *
   * @param folder where its key is made
   */
  public AggregatedServer(List<AggregatedApi> apis, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.apis = List.copyOf(apis);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(key(folder))));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Registers the APIs and waits until the API server reaches them. */
  public void register(KubernetesClient client) {
    String name = "aggregated";
    int port = server.getAddress().getPort();
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withType("ExternalName")
                .withExternalName("localhost")
                .addNewPort()
                .withPort(port)
                .endPort()
                .endSpec()
                .build())
        .create();
    for (AggregatedApi api : apis) {
      String[] group = api.groupVersion().split("/", 2);
      String manifest =
          """
          apiVersion: apiregistration.k8s.io/v1
          kind: APIService
          metadata: {name: %2$s.%1$s}
          spec:
            group: %1$s
            version: %2$s
            insecureSkipTLSVerify: true
            groupPriorityMinimum: 100
            versionPriority: 100
            service: {name: %3$s, namespace: %4$s, port: %5$d}
          """
              .formatted(group[0], group[1], name, NAMESPACE, port);
      client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class)).create();
      RealControlPlane.await(
          api.groupVersion() + " is available", () -> answers(client, api.groupVersion()));
    }
  }

  private static boolean answers(KubernetesClient client, String groupVersion) {
    try {
      return client.raw("/apis/" + groupVersion) != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static Path key(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("aggregated.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "aggregated",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key: " + said);
    }
    return file;
  }

  private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<JsonNode> answer = Optional.empty();
      for (AggregatedApi api : apis) {
        String root = "/apis/" + api.groupVersion();
        if (path.equals(root)) {
          answer = Optional.of(resources(api));
        } else if (path.startsWith(root + "/")) {
          answer = api.get(path.substring(root.length() + 1), query(exchange));
        }
      }
      byte[] body = JSON.writeValueAsBytes(answer.orElseGet(AggregatedServer::notFound));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonNode notFound() {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("reason", "NotFound")
        .put("code", 404);
  }

  private static JsonNode resources(AggregatedApi api) {
    ObjectNode list = JSON.createObjectNode();
    list.put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", api.groupVersion());
    ArrayNode items = list.putArray("resources");
    for (AggregatedApi.Resource each : api.resources()) {
      items
          .addObject()
          .put("name", each.plural())
          .put("singularName", "")
          .put("kind", each.kind())
          .put("namespaced", each.namespaced())
          .putArray("verbs")
          .add("get")
          .add("list");
    }
    return list;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
