package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.Configuration;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.simulations.apiserver.EmbeddedApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartIT {
  private static final Path CHART = Path.of("..", "deploy", "chart");
  private static final String NAMESPACE = "windlass-system";
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  @TempDir Path directory;

  @Test
  void hasNothingThatHelmComplainsAbout() {
    assertThat(new Helm(CHART).lint().strict().call().isFailed()).isFalse();
  }

  @Test
  void givesTheRightsOfTheRbacFolderAndNoOthers() {
    List<HasMetadata> given =
        objects(chart()).stream()
            .filter(each ->
                each.getApiVersion().startsWith("rbac.") || each.getKind().equals("ServiceAccount"))
            .toList();

    assertThat(given).containsExactlyInAnyOrderElementsOf(TestCluster.rights());
  }

  @Test
  void annotatesTheServiceAccountAlone() {
    List<HasMetadata> annotated =
        objects(chart().set("serviceAccount.annotations.role", "a")).stream()
            .filter(each -> each.getMetadata().getAnnotations().containsKey("role"))
            .toList();

    assertThat(annotated).extracting(HasMetadata::getKind).containsExactly("ServiceAccount");
  }

  @Test
  void runsTwoDaemonsWithoutPrivileges() {
    Deployment deployment = only(Deployment.class, objects(chart()));
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().getFirst();
    SecurityContext security = container.getSecurityContext();

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    assertThat(pod.getServiceAccountName()).isEqualTo("windlass");
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
  }

  @Test
  void refusesOtherNamespacesAndValuesThatCannotWork() {
    assertThatThrownBy(() -> chart().withNamespace("default").call())
        .hasMessageContaining(NAMESPACE);
    assertThatThrownBy(() -> chart().set("replicas", 0).call()).hasMessageContaining("replicas");
    assertThatThrownBy(() -> chart().set("replica", 1).call()).hasMessageContaining("replica");
    assertThatThrownBy(() -> chart().set("configuration.http.port", 1).call())
        .hasMessageContaining("configuration");
  }

  @Test
  void runsTheAgentOnlyByItsImagesDigestAndInItsOwnNamespace() {
    assertThat(chart().call()).doesNotContain("windlass-gpu-agent");
    assertThatThrownBy(() -> chart().set("agent.enabled", true).call())
        .hasMessageContaining("agent.image.digest");
    assertThatThrownBy(() -> agent().set("agent.image.digest", "v1").call())
        .hasMessageContaining("digest");
    assertThatThrownBy(() -> agent().withKubeVersion("1.29.0").call())
        .hasMessageContaining("Kubernetes 1.30");

    DaemonSet set = only(DaemonSet.class, objects(agent()));
    assertThat(set.getMetadata().getNamespace()).isEqualTo("windlass-gpu");
    PodSpec pod = set.getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().getFirst().getImage()).endsWith("@" + DIGEST);
    assertThat(pod.getContainers().getFirst().getSecurityContext().getPrivileged()).isTrue();
    assertThat(pod.getTolerations()).allMatch(each -> "Exists".equals(each.getOperator()));
  }

  @Test
  void givesNobodyRightsByAggregation() {
    assertThat(objects(agent()))
        .noneMatch(each ->
            each.getMetadata().getLabels() != null
                && each.getMetadata().getLabels().keySet().stream()
                    .anyMatch(key -> key.contains("aggregate-to-")));
  }

  @Test
  void taintsAtBirthWhereTheApiServerCan() {
    assertThat(chart().call()).doesNotContain("MutatingAdmissionPolicy");
    assertThat(chart().withKubeVersion("1.36.0").call())
        .contains("kind: MutatingAdmissionPolicy\n", "kind: MutatingAdmissionPolicyBinding\n");
    assertThat(chart().withKubeVersion("1.36.0").set("taintAtBirth", false).call())
        .doesNotContain("MutatingAdmissionPolicy");
  }

  private static TemplateCommand agent() {
    return chart().set("agent.enabled", true).set("agent.image.digest", DIGEST);
  }

  @Test
  void rendersAServiceMonitorOnlyWhenItIsAskedFor() {
    assertThat(chart().call()).doesNotContain("kind: ServiceMonitor");
    assertThat(chart().set("serviceMonitor.enabled", true).call())
        .contains("kind: ServiceMonitor", "name: windlass-token");
  }

  @Test
  void bringsTheDashboardToGrafanaWhenItIsAskedTo() throws IOException {
    assertThat(chart().call()).doesNotContain("grafana_dashboard");
    ConfigMap dashboard =
        objects(chart().set("dashboard.enabled", true)).stream()
            .filter(ConfigMap.class::isInstance)
            .map(ConfigMap.class::cast)
            .filter(each -> each.getMetadata().getLabels().containsKey("grafana_dashboard"))
            .findFirst()
            .orElseThrow();

    String original = Files.readString(Path.of("..", "deploy", "dashboards", "overview.json"));
    assertThat(dashboard.getData().get("windlass.json")).isEqualToIgnoringNewLines(original);
  }

  @Test
  void installsADaemonThatLeadsWithTheChartsRightsAndConfiguration() throws IOException {
    List<HasMetadata> objects =
        objects(chart().set("configuration.scaleDown.maxEmpty", 7).set("http.port", 9999));
    DaemonSettings settings = settings(objects);
    assertThat(settings.policy().scaleDown().limits().maxEmpty()).isEqualTo(7);
    assertThat(settings.http())
        .isEqualTo(new DaemonSettings.Http("0.0.0.0", 9999, "/var/run/windlass/token"));

    try (EmbeddedApiServer server =
            EmbeddedApiServer.builder()
                .user("admin-token", "admin", "system:masters")
                .user(
                    "daemon-token",
                    "system:serviceaccount:windlass-system:windlass",
                    "system:authenticated")
                .build()
                .start();
        KubernetesClient admin = client(server, "admin-token");
        KubernetesClient identity = client(server, "daemon-token")) {
      install(admin, objects);
      DaemonSettings here = settings.withHttp(new DaemonSettings.Http("127.0.0.1", 0, ""));
      try (Daemon daemon = Daemon.start(here, identity)) {
        TestCluster.await("it leads", daemon::leading);
      }
    }
  }

  /** As Helm does: first the definitions, then the rest. */
  private static void install(KubernetesClient admin, List<HasMetadata> objects)
      throws IOException {
    try (Stream<Path> definitions = Files.list(CHART.resolve("crds"))) {
      for (Path each : definitions.toList()) {
        admin.load(Files.newInputStream(each)).items().forEach(it -> admin.resource(it).create());
      }
    }
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    objects.forEach(each -> admin.resource(each).serverSideApply());
  }

  private DaemonSettings settings(List<HasMetadata> objects) throws IOException {
    String text = only(ConfigMap.class, objects).getData().get("configuration.yaml");
    Path file = Files.writeString(directory.resolve("configuration.yaml"), text);
    Configuration.FromFile read =
        Configuration.load(file.toString(), InputStream.nullInputStream());
    assertThat(read).isInstanceOf(Configuration.FromFile.Settings.class);
    return ((Configuration.FromFile.Settings) read).settings();
  }

  private static TemplateCommand chart() {
    return new Helm(CHART)
        .template()
        .withName("windlass")
        .withNamespace(NAMESPACE)
        .withKubeVersion("1.33.0");
  }

  private static List<HasMetadata> objects(TemplateCommand rendered) {
    try (KubernetesClient offline = KubernetesClients.of(Config.empty())) {
      byte[] text = rendered.call().getBytes(StandardCharsets.UTF_8);
      return offline.load(new ByteArrayInputStream(text)).items();
    }
  }

  private static <T> T only(Class<T> type, List<HasMetadata> objects) {
    List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static KubernetesClient client(EmbeddedApiServer server, String token) {
    return KubernetesClients.of(
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.uri().toString())
            .withOauthToken(token)
            .build());
  }
}
