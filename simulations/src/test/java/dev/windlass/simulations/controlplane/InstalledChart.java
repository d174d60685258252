package dev.windlass.simulations.controlplane;

import com.marcnuri.helm.Helm;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.simulations.controlplane.ControlPlane.Account;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart on a real API server, as Helm would install it, in a namespace of restricted pods. */
public final class InstalledChart {
  /** The chart's namespace. */
  public static final String NAMESPACE = "windlass-system";

  /** Whom the chart gives its rights. */
  public static final String USER = "system:serviceaccount:windlass-system:windlass";

  private static final Path CHART = Path.of("..", "deploy", "chart");

  private final KubernetesClient admin;
  private final Path folder;
  private final List<HasMetadata> objects;

  private InstalledChart(KubernetesClient admin, Path folder, List<HasMetadata> objects) {
    this.admin = admin;
    this.folder = folder;
    this.objects = objects;
  }

  /**
   * Installs definitions, namespace and chart.
   *
   * @param values of the chart, as YAML
   * @param folder where files are written
   */
  public static InstalledChart install(KubernetesClient admin, String values, Path folder)
      throws IOException {
    RealControlPlane.installDefinitions(admin);
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    String text =
        new Helm(CHART)
            .template()
            .withName("windlass")
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.36.1")
            .withValuesFile(Files.writeString(folder.resolve("values.yaml"), values))
            .call();
    List<HasMetadata> objects =
        admin.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).items();
    objects.forEach(each -> admin.resource(each).serverSideApply());
    return new InstalledChart(admin, folder, objects);
  }

  /** What was installed. */
  public List<HasMetadata> objects() {
    return List.copyOf(objects);
  }

  /** What the daemon is configured with, apart from where it serves. */
  public DaemonSettings settings() throws IOException {
    ConfigMap configuration =
        objects.stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .findFirst()
            .orElseThrow();
    Path file =
        Files.writeString(
            folder.resolve("configuration.yaml"),
            configuration.getData().get("configuration.yaml"));
    return switch (Configuration.load(file.toString(), InputStream.nullInputStream())) {
      case Configuration.FromFile.Settings read ->
          read.settings().withHttp(new DaemonSettings.Http("127.0.0.1", 0, ""));
      case Configuration.FromFile.Problems found ->
          throw new IllegalStateException("the chart's configuration: " + found.problems());
    };
  }

  /** The daemon's ServiceAccount, with a token as a pod of the chart would get it. */
  public Account account() {
    TokenRequest request =
        admin
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName("windlass")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withAudiences("https://kubernetes.default.svc")
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build());
    return new Account(request.getStatus().getToken(), USER, "");
  }
}
