package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real control plane does what the daemon's tests rely on. */
class ControlPlaneIT {
  @Test
  void runsPodsOnNodesAndKeepsBudgets(@TempDir Path folder) {
    Binaries binaries = RealControlPlane.binaries();
    try (ControlPlane plane =
            ControlPlane.start(binaries, folder, List.of())
                .withControllers()
                .withScheduler()
                .withKubelets(binaries.stages());
        KubernetesClient client = plane.client(ControlPlane.ADMINISTRATOR)) {
      client.resource(node()).create();
      client.resource(deployment()).create();
      client
          .resource(
              new PodDisruptionBudgetBuilder()
                  .withNewMetadata()
                  .withName("web")
                  .withNamespace("default")
                  .endMetadata()
                  .withNewSpec()
                  .withNewMinAvailable(2)
                  .withNewSelector()
                  .withMatchLabels(Map.of("app", "web"))
                  .endSelector()
                  .endSpec()
                  .build())
          .create();

      client
          .apps()
          .deployments()
          .inNamespace("default")
          .withName("web")
          .waitUntilCondition(
              it -> it != null && Integer.valueOf(2).equals(it.getStatus().getReadyReplicas()),
              60,
              TimeUnit.SECONDS);
      client
          .policy()
          .v1()
          .podDisruptionBudget()
          .inNamespace("default")
          .withName("web")
          .waitUntilCondition(
              it ->
                  it != null
                      && it.getStatus() != null
                      && Integer.valueOf(2).equals(it.getStatus().getCurrentHealthy()),
              60,
              TimeUnit.SECONDS);
      List<Pod> pods = client.pods().inNamespace("default").list().getItems();
      assertThat(pods).hasSize(2).allMatch(pod -> "one".equals(pod.getSpec().getNodeName()));
      assertThat(client.pods().resource(pods.getFirst()).evict())
          .as("the budget forbids it")
          .isFalse();
    }
  }

  private static Node node() {
    Map<String, Quantity> room =
        Map.of("cpu", new Quantity("4"), "memory", new Quantity("8Gi"), "pods", new Quantity("20"));
    return new NodeBuilder()
        .withNewMetadata()
        .withName("one")
        .endMetadata()
        .withNewStatus()
        .withCapacity(room)
        .withAllocatable(room)
        .endStatus()
        .build();
  }

  private static Deployment deployment() {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewSelector()
        .withMatchLabels(Map.of("app", "web"))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Map.of("app", "web"))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("web")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
