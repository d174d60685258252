package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.daemon.resource.GpuNodeStatus;
import dev.windlass.engine.Pacing;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an error in the kernel's log to a node that is open again: the real daemon and agent. */
class AgentRepairIT {
  private static final String NODE = "one";
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: windlass-system}
      ---
      apiVersion: windlass.dev/v1alpha1
      kind: GpuStack
      metadata: {name: usual}
      spec: {health: {quiet: 1s}}
      ---
      apiVersion: windlass.dev/v1alpha1
      kind: NodeGroup
      metadata: {name: gpu}
      spec:
        minSize: 0
        maxSize: 3
        nodeSelector: {pool: gpu}
        gpuStack: usual
        template: {resources: {cpu: "8", memory: 64Gi, nvidia.com/gpu: "1"}}
      """;

  @Test
  void resetsADeviceInTroubleAndOpensItsNodeAgain(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(AgentMachine.AGENT), "Skipped: the agent needs Go");
    Binaries binaries = RealControlPlane.binaries();
    AgentMachine machine =
        new AgentMachine(Files.createDirectory(folder.resolve("machine"))).withTool();
    try (ControlPlane plane =
            ControlPlane.start(
                binaries, Files.createDirectory(folder.resolve("plane")), List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR)) {
      AgentCluster cluster = AgentCluster.install(admin);
      for (String document : OBJECTS.split("(?m)^---$", -1)) {
        admin.resource(document).create();
      }
      admin.resource(readyNode()).create();
      try (Daemon daemon = Daemon.start(settings(), admin)) {
        assertThat(daemon.uri()).isNotNull();
        AgentCluster.await("the node is one of the group's", () -> note(admin).contains("Ready="));
        admin.resource(gpuNode()).create();
        Process agent = machine.start(plane, NODE, cluster.tokenOfAgentOn(NODE));
        try {
          AgentCluster.await("facts", () -> status(admin).facts() != null);
          assertThat(status(admin).health()).isNull();

          machine.fail(119);

          AgentCluster.await("the node is closed", () -> isClosed(admin));
          AgentCluster.await("the reset", () -> hasReset(admin));
          AgentCluster.await("the node is open again", () -> !isClosed(admin));
          AgentCluster.await("it says so", () -> "True".equals(healthy(admin)));
          assertThat(machine.resets()).isEqualTo(1);
          assertThat(status(admin).failure()).isNull();
        } finally {
          agent.destroy();
          agent.waitFor();
        }
      }
    }
  }

  private static GpuNodeStatus status(KubernetesClient admin) {
    GpuNodeStatus status = admin.resources(GpuNodeResource.class).withName(NODE).get().getStatus();
    return status == null ? GpuNodeStatus.EMPTY : status;
  }

  private static boolean hasReset(KubernetesClient admin) {
    return status(admin).finished().stream()
        .anyMatch(each -> each.step() == GpuNodeSpec.Step.Reset);
  }

  private static Node node(KubernetesClient admin) {
    return admin.nodes().withName(NODE).get();
  }

  private static String note(KubernetesClient admin) {
    return node(admin).getMetadata().getAnnotations().getOrDefault(Keys.GPU_PHASE, "");
  }

  private static boolean isClosed(KubernetesClient admin) {
    return node(admin).getSpec().getTaints().stream()
        .anyMatch(each -> each.getKey().equals(Keys.GPU_UNHEALTHY));
  }

  private static @Nullable String healthy(KubernetesClient admin) {
    return node(admin).getStatus().getConditions().stream()
        .filter(each -> each.getType().equals(Keys.GPU_HEALTHY))
        .map(NodeCondition::getStatus)
        .findFirst()
        .orElse(null);
  }

  private static GpuNodeResource gpuNode() {
    GpuNodeResource node = new GpuNodeResource();
    node.setMetadata(new ObjectMetaBuilder().withName(NODE).build());
    node.setSpec(new GpuNodeSpec("usual", null, null));
    return node;
  }

  /** A node whose devices were there before Windlass came. */
  private static Node readyNode() {
    Map<String, Quantity> room =
        Map.of(
            "cpu", new Quantity("8"),
            "memory", new Quantity("64Gi"),
            "pods", new Quantity("110"),
            "nvidia.com/gpu", new Quantity("1"));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(NODE)
        .addToLabels("pool", "gpu")
        .endMetadata()
        .withNewStatus()
        .withCapacity(room)
        .withAllocatable(room)
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
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
            Duration.ofSeconds(2)),
        Map.of(),
        false);
  }
}
