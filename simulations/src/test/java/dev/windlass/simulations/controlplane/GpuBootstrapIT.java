package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.engine.Pacing;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.operand.GpuOperands;
import dev.windlass.gpu.operand.StackSettings;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The GPU bootstrap against the real control plane, with kwok's kubelets. */
class GpuBootstrapIT {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final ControlPlane.Account DAEMON =
      new ControlPlane.Account("daemon", "system:serviceaccount:windlass-system:windlass", "");
  private static final String STACK =
      """
      apiVersion: windlass.dev/v1alpha1
      kind: GpuStack
      metadata: {name: cuda}
      spec: {driver: {source: Container, branch: "580"}}
      """;
  private static final String GROUP =
      """
      apiVersion: windlass.dev/v1alpha1
      kind: NodeGroup
      metadata: {name: gpu}
      spec:
        minSize: 0
        maxSize: 3
        nodeSelector: {pool: gpu}
        gpuStack: cuda
        template: {resources: {cpu: "8", memory: 64Gi, nvidia.com/gpu: "8"}}
      """;
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: train-%s, namespace: default}
      spec:
        containers:
          - name: main
            image: train
            resources: {limits: {nvidia.com/gpu: "8"}}
      """;

  @Test
  void bringsNodesThroughAllPhasesUnderPodSecurityAdmission(@TempDir Path folder)
      throws IOException {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane =
            ControlPlane.start(binaries, folder, List.of(DAEMON))
                .withControllers()
                .withScheduler()
                .withKubelets(binaries.stages());
        KubernetesClient client = plane.client(ControlPlane.ADMINISTRATOR)) {
      prepare(client);
      try (KubernetesClient own = plane.client(DAEMON);
          Daemon daemon = Daemon.start(settings(), own)) {
        assertThat(daemon.uri()).isNotNull();
        load(client, STACK);
        load(client, GROUP);
        client.resource(node("born-closed", true)).create();
        client.resource(node("born-open", false)).create();
        load(client, POD.formatted("0"));
        load(client, POD.formatted("1"));

        advertise(client, "born-closed");
        advertise(client, "born-open");

        for (String pod : List.of("train-0", "train-1")) {
          client
              .pods()
              .inNamespace("default")
              .withName(pod)
              .waitUntilCondition(
                  it -> it != null && "Running".equals(it.getStatus().getPhase()),
                  60,
                  TimeUnit.SECONDS);
        }
        check(client);
      }
    }
  }

  /** A node is opened first, then the phase is noted on it. */
  private static boolean isNotedReady(@Nullable Node node) {
    return node != null
        && node.getMetadata().getAnnotations().getOrDefault(Keys.GPU_PHASE, "").contains("Ready=");
  }

  /** What must be so once both nodes are open. */
  private static void check(KubernetesClient client) {
    for (String name : List.of("born-closed", "born-open")) {
      Node node =
          client
              .nodes()
              .withName(name)
              .waitUntilCondition(GpuBootstrapIT::isNotedReady, 60, TimeUnit.SECONDS);
      assertThat(node.getSpec().getTaints()).extracting(Taint::getKey).isEmpty();
      assertThat(node.getMetadata().getAnnotations().get(Keys.GPU_PHASE))
          .contains("Driver=", "Runtime=", "DevicePlugin=", "Validating=", "Ready=");
      assertThat(node.getMetadata().getLabels()).containsEntry(Keys.GPU_STACK, "cuda");
    }
    assertThat(client.nodes().withName("born-open").get().getMetadata().getAnnotations())
        .containsEntry(Keys.GPU_GATED_BY, "daemon");
    assertThat(client.nodes().withName("born-closed").get().getMetadata().getAnnotations())
        .doesNotContainKey(Keys.GPU_GATED_BY);
    assertThat(client.resources(RuntimeClass.class).withName("nvidia").get().getHandler())
        .isEqualTo("nvidia");
    assertThat(client.pods().inNamespace("windlass-system").list().getItems())
        .as("four operands on each of two nodes")
        .hasSize(8)
        .allMatch(pod -> "Running".equals(pod.getStatus().getPhase()));
    client
        .resources(NodeGroupResource.class)
        .withName("gpu")
        .waitUntilCondition(
            it -> message(it, "StartupTaintMissing").contains("--register-with-taints="),
            30,
            TimeUnit.SECONDS);
  }

  @Test
  void appliesTheObjectsOfEveryStackCleanly(@TempDir Path folder) throws IOException {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane = ControlPlane.start(binaries, folder, List.of(DAEMON));
        KubernetesClient client = plane.client(ControlPlane.ADMINISTRATOR)) {
      prepare(client);
      try (KubernetesClient own = plane.client(DAEMON)) {
        for (StackSettings stack : stacks()) {
          List<HasMetadata> objects = GpuOperands.forStack(stack);
          objects.forEach(object -> apply(own, object));
          objects.forEach(object -> apply(own, object));
        }
        assertThat(client.apps().daemonSets().inNamespace("windlass-system").list().getItems())
            .hasSize(4 * stacks().size() + 1);
      }
      load(client, namespace("strict", "restricted"));
      load(client, ACCOUNT);
      assertThatThrownBy(() -> load(client, PRIVILEGED))
          .as("pod security admission is at work")
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("violates PodSecurity");
    }
  }

  private static final String ACCOUNT =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: default, namespace: strict}
      """;
  private static final String PRIVILEGED =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: driver, namespace: strict}
      spec:
        containers:
          - {name: main, image: driver, securityContext: {privileged: true}}
      """;

  private static List<StackSettings> stacks() {
    StackSettings.Driver container =
        new StackSettings.Driver(
            StackSettings.Driver.Source.CONTAINER, new DriverWish(580, null, null), "ubuntu24.04");
    StackSettings.Mig mig = new StackSettings.Mig(StackSettings.MigStrategy.MIXED, "all-1g.10gb");
    StackSettings.Sharing mps = new StackSettings.Sharing(StackSettings.SharingStrategy.MPS, 2);
    return List.of(
        StackSettings.usual(new GpuStackName("usual")),
        stack("mps", container, new StackSettings.Plugin("nvidia.com/gpu", mps, NO_MIG)),
        stack("mig", container, new StackSettings.Plugin("nvidia.com/mig-1g.10gb", ALONE, mig)),
        stack("claimed", container, new StackSettings.Plugin("gpu.nvidia.com", ALONE, mig, true)));
  }

  private static final StackSettings.Sharing ALONE = StackSettings.Sharing.EXCLUSIVE;
  private static final StackSettings.Mig NO_MIG = StackSettings.Mig.NONE;

  private static StackSettings stack(
      String name, StackSettings.Driver driver, StackSettings.Plugin plugin) {
    return new StackSettings(
        new GpuStackName(name),
        driver,
        StackSettings.ContainerRuntime.USUAL,
        plugin,
        StackSettings.Validation.USUAL);
  }

  private static void apply(KubernetesClient client, HasMetadata object) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("windlass")
            .withForce(true)
            .build();
    client.resource(object).patch(context, object);
  }

  /** Namespace, kinds and rights as the installation makes them. */
  private static void prepare(KubernetesClient client) throws IOException {
    load(client, namespace("windlass-system", "privileged"));
    for (String part : List.of("crds", "rbac")) {
      try (Stream<Path> files = Files.list(DEPLOY.resolve(part))) {
        for (Path file : files.sorted().toList()) {
          load(client, Files.readString(file));
        }
      }
    }
  }

  private static String namespace(String name, String level) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
      labels: {pod-security.kubernetes.io/enforce: %s}
    """
        .formatted(name, level);
  }

  private static void load(KubernetesClient client, String yaml) {
    for (String document : yaml.split("(?m)^---$", -1)) {
      if (!document.isBlank()) {
        client.resource(document).create();
      }
    }
  }

  private static Node node(String name, boolean closed) {
    Map<String, Quantity> room =
        Map.of(
            "cpu", new Quantity("8"), "memory", new Quantity("64Gi"), "pods", new Quantity("110"));
    NodeBuilder node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("pool", "gpu")
            .endMetadata()
            .withNewStatus()
            .withCapacity(room)
            .withAllocatable(room)
            .endStatus();
    return closed
        ? node.withNewSpec()
            .addNewTaint()
            .withKey(Keys.GPU_NOT_READY)
            .withEffect("NoSchedule")
            .endTaint()
            .endSpec()
            .build()
        : node.build();
  }

  /** The kubelet tells of the devices once the plugin's pod is there. */
  private static void advertise(KubernetesClient client, String name) {
    client
        .pods()
        .inNamespace("windlass-system")
        .withLabel(Keys.GPU_STEP, "DevicePlugin")
        .withField("spec.nodeName", name)
        .waitUntilCondition(GpuBootstrapIT::isReady, 60, TimeUnit.SECONDS);
    client
        .nodes()
        .withName(name)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"capacity": {"nvidia.com/gpu": "8"}, "allocatable": {"nvidia.com/gpu": "8"}}}
            """);
  }

  private static boolean isReady(Pod pod) {
    return pod != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(each -> each.getType().equals("Ready") && each.getStatus().equals("True"));
  }

  private static String message(NodeGroupResource group, String type) {
    if (group == null || group.getStatus() == null) {
      return "";
    }
    return group.getStatus().conditions().stream()
        .filter(each -> each.getType().equals(type) && each.getStatus().equals("True"))
        .map(Condition::getMessage)
        .findFirst()
        .orElse("");
  }

  private static DaemonSettings settings() {
    return new DaemonSettings(
        Policy.DEFAULT,
        new Pacing(Duration.ofSeconds(1), Duration.ofMillis(100)),
        new DaemonSettings.Http("127.0.0.1", 0, ""),
        new DaemonSettings.LeaderElection(
            true,
            "windlass-system",
            "windlass",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1)),
        Map.of(),
        false);
  }
}
