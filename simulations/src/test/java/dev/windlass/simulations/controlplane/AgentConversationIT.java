package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.GpuHostSteps;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.daemon.resource.GpuNodeStatus;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemon and agent talk through a real API server, each under its own rights. */
class AgentConversationIT {
  private static final String NODE = "one";

  @Test
  void agentTellsFactsAndDoesTheTasksOfAStep(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(AgentMachine.AGENT), "Skipped: the agent needs Go");
    Binaries binaries = RealControlPlane.binaries();
    List<String> failures = new CopyOnWriteArrayList<>();
    AgentMachine machine = new AgentMachine(Files.createDirectory(folder.resolve("machine")));
    try (ControlPlane plane =
            ControlPlane.start(
                binaries, Files.createDirectory(folder.resolve("plane")), List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR)) {
      AgentCluster cluster = AgentCluster.install(admin);
      admin.resource(stack()).create();
      admin
          .resource(new NodeBuilder().withNewMetadata().withName(NODE).endMetadata().build())
          .create();
      admin.resource(asked("op-1", GpuNodeSpec.Step.Driver)).create();
      Process agent = machine.start(plane, NODE, cluster.tokenOfAgentOn(NODE));
      try (ClusterStores stores =
              new ClusterStores(admin, InstanceCatalogue.bundled(), new WakeUp(), failures::add);
          GpuHostSteps daemon = new GpuHostSteps(admin, stores, () -> true, failures::add)) {
        daemon.start();

        AgentCluster.await("the driver's step", () -> finished(admin, GpuNodeSpec.Step.Driver));
        GpuNodeStatus status = status(admin);
        assertThat(status.operationId()).isEqualTo("op-1");
        GpuNodeStatus.Facts facts = Objects.requireNonNull(status.facts());
        assertThat(facts.pciIds()).containsExactly("10de:2330");
        assertThat(facts.driverVersion()).isEqualTo("580.178.04");
        assertThat(Objects.requireNonNull(status.task()).id()).isEqualTo("op-1.2");
        assertThat(status.failure()).isNull();

        ask(admin, "op-2", GpuNodeSpec.Step.Runtime);
        AgentCluster.await("a refusal", () -> spec(admin).refusal() != null);
        assertThat(Objects.requireNonNull(spec(admin).refusal()).cause())
            .isEqualTo("UnknownRuntime");
        assertThat(failures).isEmpty();
      } finally {
        agent.destroy();
        agent.waitFor();
      }
    }
  }

  private static boolean finished(KubernetesClient admin, GpuNodeSpec.Step step) {
    return Optional.ofNullable(status(admin)).stream()
        .flatMap(status -> status.finished().stream())
        .anyMatch(each -> each.step() == step);
  }

  private static GpuNodeStatus status(KubernetesClient admin) {
    return admin.resources(GpuNodeResource.class).withName(NODE).get().getStatus();
  }

  private static GpuNodeSpec spec(KubernetesClient admin) {
    return admin.resources(GpuNodeResource.class).withName(NODE).get().getSpec();
  }

  private static GpuNodeResource asked(String operation, GpuNodeSpec.Step step) {
    GpuNodeResource node = new GpuNodeResource();
    node.setMetadata(new ObjectMetaBuilder().withName(NODE).build());
    node.setSpec(new GpuNodeSpec("host", step, operation));
    return node;
  }

  private static void ask(KubernetesClient admin, String operation, GpuNodeSpec.Step step) {
    admin
        .resources(GpuNodeResource.class)
        .withName(NODE)
        .edit(node -> {
          node.setSpec(new GpuNodeSpec("host", step, operation, node.getSpec().task(), null));
          return node;
        });
  }

  private static GpuStackResource stack() {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: GpuStack
            metadata: {name: host}
            spec: {driver: {source: Host}, runtime: {configuredBy: Agent}}
            """,
            GpuStackResource.class);
  }
}
