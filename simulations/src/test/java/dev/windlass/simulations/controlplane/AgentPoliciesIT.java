package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.Keys;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.simulations.controlplane.ControlPlane.Account;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent may write, and who taints a GPU node at birth, judged by a real API server. */
class AgentPoliciesIT {
  private static final String STATUS = "{\"status\":{\"facts\":{\"gpuCount\":1}}}";

  @Test
  void anAgentWritesTheStatusOfItsOwnNodeAndNothingElse(@TempDir Path folder) throws IOException {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane = ControlPlane.start(binaries, folder, List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR)) {
      AgentCluster cluster = AgentCluster.install(admin);
      for (String node : List.of("one", "two")) {
        admin.resource(node(node, Map.of())).create();
        admin.resource(gpuNode(node)).create();
      }
      String bound = cluster.tokenOfAgentOn("one");
      String unbound = cluster.tokenWithoutNode();
      try (KubernetesClient agent = plane.client(new Account(bound, "", ""));
          KubernetesClient stolen = plane.client(new Account(unbound, "", ""))) {
        AgentCluster.await("the policy is in force", () -> refuses(agent, "two"));

        assertThat(patchStatus(agent, "one").getStatus().facts()).isNotNull();
        assertThatThrownBy(() -> patchStatus(agent, "two"))
            .hasMessageContaining("this one runs on \"one\"");
        assertThatThrownBy(() -> patchStatus(stolen, "one"))
            .hasMessageContaining("an agent writes only its own node");
        assertForbidden(() -> patchSpec(agent, "one"));
        assertForbidden(() -> agent.resource(gpuNode("three")).create());
        assertForbidden(() -> agent.nodes().list());
        assertForbidden(() -> agent.secrets().inNamespace("windlass-gpu").list());
      }
    }
  }

  @Test
  void nodesOfGpuGroupsAreTaintedAtBirth(@TempDir Path folder) throws IOException {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane = ControlPlane.start(binaries, folder, List.of());
        KubernetesClient admin = plane.client(ControlPlane.ADMINISTRATOR)) {
      AgentCluster.install(admin);
      AgentCluster.load("taint.yaml").forEach(each -> admin.resource(each).create());
      for (String group : List.of("gpus", "twins")) {
        admin
            .resource(
                AgentCluster.group(
                    group, "{minSize: 0, maxSize: 3, nodeSelector: {pool: gpus}, gpuStack: usual}"))
            .create();
      }
      admin
          .resource(
              AgentCluster.group("cpus", "{minSize: 0, maxSize: 3, nodeSelector: {pool: cpus}}"))
          .create();
      AgentCluster.await(
          "the policy is in force",
          () -> {
            HasMetadata probe = node("probe", Map.of("pool", "gpus"));
            boolean tainted = gates(admin, probe) == 1;
            admin.nodes().withName("probe").delete();
            return tainted;
          });

      assertThat(gates(admin, node("selected", Map.of("pool", "gpus")))).isEqualTo(1);
      assertThat(gates(admin, node("named", Map.of("windlass.dev/node-group", "gpus"))))
          .isEqualTo(1);
      assertThat(gates(admin, node("other", Map.of("pool", "cpus")))).isZero();
      assertThat(gates(admin, node("bare", Map.of()))).isZero();
      HasMetadata tainted =
          new NodeBuilder(node("tainted", Map.of("pool", "gpus")))
              .editOrNewSpec()
              .addNewTaint("NoSchedule", "windlass.dev/gpu-not-ready", null, null)
              .endSpec()
              .build();
      assertThat(gates(admin, tainted)).isEqualTo(1);
      assertThat(gatedBy(admin, "selected")).isEqualTo("admission");
      assertThat(gatedBy(admin, "named")).isEqualTo("admission");
      assertThat(gatedBy(admin, "other")).as("no node of ours").isNull();
      assertThat(gatedBy(admin, "tainted")).as("its template did").isNull();
      assertThat(gates(admin, annotated())).isEqualTo(1);
      assertThat(gatedBy(admin, "annotated")).isEqualTo("admission");
    }
  }

  private static @Nullable String gatedBy(KubernetesClient admin, String node) {
    Map<String, String> annotations =
        admin.nodes().withName(node).get().getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Keys.GPU_GATED_BY);
  }

  private static HasMetadata annotated() {
    return new NodeBuilder(node("annotated", Map.of("pool", "gpus")))
        .editMetadata()
        .addToAnnotations("example.com/mine", "kept")
        .endMetadata()
        .build();
  }

  /** How many startup taints a node has once it is created. */
  private static long gates(KubernetesClient admin, HasMetadata node) {
    admin.resource(node).create();
    List<Taint> taints =
        admin.nodes().withName(node.getMetadata().getName()).get().getSpec().getTaints();
    return taints.stream()
        .filter(taint -> taint.getKey().equals("windlass.dev/gpu-not-ready"))
        .count();
  }

  private static boolean refuses(KubernetesClient agent, String node) {
    try {
      patchStatus(agent, node);
      return false;
    } catch (KubernetesClientException refused) {
      return true;
    }
  }

  private static void assertForbidden(Runnable attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, it -> assertThat(it.getCode()).isEqualTo(403));
  }

  private static GpuNodeResource patchStatus(KubernetesClient client, String node) {
    return client
        .resources(GpuNodeResource.class)
        .withName(node)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), STATUS);
  }

  private static void patchSpec(KubernetesClient client, String node) {
    client
        .resources(GpuNodeResource.class)
        .withName(node)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"stack\":\"mine\"}}");
  }

  private static io.fabric8.kubernetes.api.model.Node node(
      String name, Map<String, String> labels) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .build();
  }

  private static GpuNodeResource gpuNode(String name) {
    GpuNodeResource resource = new GpuNodeResource();
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setSpec(new GpuNodeSpec("usual", null, null));
    return resource;
  }
}
