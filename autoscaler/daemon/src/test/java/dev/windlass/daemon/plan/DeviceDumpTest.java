package dev.windlass.daemon.plan;

import static dev.windlass.daemon.plan.Commands.file;
import static dev.windlass.daemon.plan.Commands.plan;
import static dev.windlass.daemon.plan.Commands.run;
import static dev.windlass.daemon.plan.Commands.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A dump with devices and claims: what is bought, and what is said of the pods that stay. */
class DeviceDumpTest {
  private static final String DUMP =
      """
      apiVersion: windlass.dev/v1alpha1
      kind: NodeGroup
      metadata: {name: accelerated}
      spec:
        minSize: 0
        maxSize: 5
        nodeSelector: {pool: accelerated}
        instanceTypes: [a.large]
        zones: [z]
        prices: [{instanceType: a.large, usdPerHour: 3}]
        template:
          resources: {cpu: "8", memory: 32Gi}
          resourceSlices:
          - driver: gpu.example.com
            devices:
            - {name: gpu-0, attributes: {model: {string: A100}}, capacity: {memory: {value: 80Gi}}}
            - {name: gpu-1, attributes: {model: {string: A100}}, capacity: {memory: {value: 80Gi}}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {selectors: [{cel: {expression: "device.driver == 'gpu.example.com'"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: one, namespace: ml}
      spec:
        spec:
          devices:
            requests:
            - name: r
              exactly:
                deviceClassName: gpu
                selectors:
                - cel: {expression: "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0"}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: three, namespace: ml}
      spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu, count: 3}}]}}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: bad, namespace: ml}
      spec:
        spec:
          devices:
            requests: [{name: r, exactly: {deviceClassName: gpu, selectors: [{cel: {expression: "device.model == 1"}}]}}]
      """;

  private static String pod(String name, String template) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: ml, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: j, uid: u, controller: true}]}
    spec:
      priority: 0
      containers: [{name: a, resources: {requests: {cpu: "1"}, claims: [{name: gpu}]}}]
      resourceClaims: [{name: gpu, resourceClaimTemplateName: %s}]
    status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable}]}
    """
        .formatted(name, template);
  }

  @Test
  void aGroupAtZeroIsBoughtForClaims(@TempDir Path folder) throws IOException {
    String dump =
        file(folder, "dump.yaml", DUMP + pod("a", "one") + pod("b", "one") + pod("c", "one"));

    Commands.Run run = plan(dump);

    JsonNode plan = run.json();
    assertThat(texts(plan.path("scaleUp"), "nodeGroup")).containsExactly("accelerated");
    assertThat(plan.path("scaleUp").path(0).path("to").asInt()).isEqualTo(2);
    assertThat(plan.path("unhelped")).isEmpty();
    assertThat(plan.path("ignored")).isEmpty();
    assertThat(PlanSchema.problems(run.out())).isEmpty();
  }

  @Test
  void theRefusalNamesRequestSelectorAndDevicesLeft(@TempDir Path folder) throws IOException {
    String dump = file(folder, "dump.yaml", DUMP + pod("a", "three"));

    assertThat(run("explain", "pod", "ml/a", "--at", Commands.AT, "-f", dump).out())
        .contains(
            "claim gpu of template three, request r: wants 3 of class gpu"
                + " (device.driver == 'gpu.example.com'), the node reaches 2 devices, 2 match, 2 of"
                + " these are free");
  }

  @Test
  void anExpressionThatKubernetesRefusesIsThePodsProblemAlone(@TempDir Path folder)
      throws IOException {
    JsonNode plan =
        plan(file(folder, "dump.yaml", DUMP + pod("a", "bad") + pod("b", "one"))).json();

    assertThat(texts(plan.path("unhelped"), "pod")).containsExactly("ml/a");
    JsonNode reason = plan.path("unhelped").path(0).path("reasons").path(0);
    assertThat(reason.path("rule").asString()).isEqualTo("InvalidSpec");
    assertThat(reason.path("message").asString())
        .contains("request r: selectors[0].cel.expression: device.model == 1")
        .contains("undefined field 'model'");
    assertThat(plan.path("scaleUp").path(0).path("to").asInt()).isEqualTo(1);
  }
}
