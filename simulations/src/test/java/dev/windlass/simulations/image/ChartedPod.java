package dev.windlass.simulations.image;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart's objects, and its pod as a kubelet would start it. */
final class ChartedPod {
  static final String NAMESPACE = "windlass-system";
  static final String IDENTITY = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final Path CHART = Path.of("..", "deploy", "chart");

  private final List<HasMetadata> objects;

  private ChartedPod(List<HasMetadata> objects) {
    this.objects = List.copyOf(objects);
  }

  /** Renders the chart with a few values. */
  static ChartedPod render(Map<String, Object> values) {
    TemplateCommand chart =
        new Helm(CHART)
            .template()
            .withName("windlass")
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.36.1");
    values.forEach(chart::set);
    try (KubernetesClient offline = KubernetesClients.of(Config.empty())) {
      byte[] text = chart.call().getBytes(StandardCharsets.UTF_8);
      return new ChartedPod(offline.load(new ByteArrayInputStream(text)).items());
    }
  }

  /** Installs it as Helm does: the definitions, then the rest. The namespace is there. */
  void install(KubernetesClient administrator) throws IOException {
    try (Stream<Path> definitions = Files.list(CHART.resolve("crds"))) {
      for (Path each : definitions.toList()) {
        administrator
            .load(Files.newInputStream(each))
            .items()
            .forEach(it -> administrator.resource(it).create());
      }
    }
    objects.forEach(each -> administrator.resource(each).serverSideApply());
  }

  private PodSpec pod() {
    return only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  /** What it is started with. */
  List<String> arguments() {
    return pod().getContainers().getFirst().getArgs();
  }

  /**
   * Its volumes, filled.
   *
   * @param folder where
   * @param secrets the secrets' entries, by the secret's name
   * @param identity what the account's folder holds
   */
  List<Container.Mount> mounts(
      Path folder, Map<String, Map<String, String>> secrets, Map<String, String> identity)
      throws IOException {
    List<Container.Mount> mounts = new ArrayList<>();
    for (VolumeMount each : pod().getContainers().getFirst().getVolumeMounts()) {
      Volume volume =
          pod().getVolumes().stream()
              .filter(it -> it.getName().equals(each.getName()))
              .findFirst()
              .orElseThrow();
      Path source = folder.resolve(each.getName());
      fill(source, content(volume, secrets));
      mounts.add(new Container.Mount(source, each.getMountPath(), isScratch(volume)));
    }
    fill(folder.resolve("identity"), identity);
    mounts.add(new Container.Mount(folder.resolve("identity"), IDENTITY, false));
    return mounts;
  }

  private Map<String, String> content(Volume volume, Map<String, Map<String, String>> secrets) {
    if (volume.getConfigMap() != null) {
      return only(ConfigMap.class).getData();
    }
    return volume.getSecret() == null
        ? Map.of()
        : secrets.getOrDefault(volume.getSecret().getSecretName(), Map.of());
  }

  private static boolean isScratch(Volume volume) {
    return volume.getEmptyDir() != null;
  }

  private static void fill(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    for (Map.Entry<String, String> each : files.entrySet()) {
      Files.writeString(folder.resolve(each.getKey()), each.getValue());
    }
  }

  private <T> T only(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }
}
