package dev.windlass.daemon.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.Taint;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherDecodersTest {

  @Test
  void readsANode() {
    Node node =
        Manifests.value(
            NodeDecoder.decode(
                Manifests.read(
                    """
                    metadata:
                      name: node-1
                      uid: u
                      resourceVersion: "7"
                      creationTimestamp: "2026-01-01T00:00:00Z"
                      labels: {zone: a}
                      annotations: {windlass.dev/gpu-phase: Driver, noise: x}
                    spec:
                      unschedulable: true
                      providerID: aws:///a/i-1
                      taints: [{key: windlass.dev/gpu-not-ready, effect: NoSchedule}]
                    status:
                      capacity: {cpu: "8", memory: 32Gi}
                      allocatable: {cpu: 7910m, memory: 30Gi, pods: "110", nvidia.com/gpu: "8"}
                      conditions:
                      - {type: MemoryPressure, status: "True"}
                      - {type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:01:00Z"}
                    """,
                    io.fabric8.kubernetes.api.model.Node.class)));

    assertThat(node.status().allocatable())
        .isEqualTo(
            Resources.of(
                Map.of("cpu", 7_910L, "memory", 30L << 30, "pods", 110L, "nvidia.com/gpu", 8L)));
    assertThat(node.status().ready()).isTrue();
    assertThat(node.status().readyChangedAt()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
    assertThat(node.spec().taints()).containsExactly(Taint.noSchedule(Keys.GPU_NOT_READY));
    assertThat(node.spec().unschedulable()).isTrue();
    assertThat(node.spec().providerId()).isEqualTo("aws:///a/i-1");
    assertThat(node.annotations()).containsOnlyKeys(Keys.GPU_PHASE);
  }

  @Test
  void readsNamesOfAzureInLowerCase() {
    Node node =
        Manifests.value(
            NodeDecoder.decode(
                Manifests.read(
                    "{metadata: {name: n}, spec: {providerID: 'azure:///subscriptions/S/Web'}}",
                    io.fabric8.kubernetes.api.model.Node.class)));

    assertThat(node.spec().providerId()).isEqualTo("azure:///subscriptions/s/web");
  }

  @Test
  void nodeWithoutAllocatableHasItsCapacityAndIsNotReady() {
    Node node =
        Manifests.value(
            NodeDecoder.decode(
                Manifests.read(
                    "{metadata: {name: n}, status: {capacity: {cpu: '4'}}}",
                    io.fabric8.kubernetes.api.model.Node.class)));

    assertThat(node.status().allocatable().get("cpu")).isEqualTo(4_000);
    assertThat(node.status().ready()).isFalse();
    assertThat(node.status().createdAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void nodeWithoutNameOrWithAnUnknownEffectIsBad() {
    assertThat(
            Manifests.problemFields(NodeDecoder.decode(new io.fabric8.kubernetes.api.model.Node())))
        .containsExactly("metadata.name");
    assertThat(
            Manifests.problemFields(
                NodeDecoder.decode(
                    Manifests.read(
                        "{metadata: {name: n}, spec: {taints: [{key: a, effect: Maybe}]}}",
                        io.fabric8.kubernetes.api.model.Node.class))))
        .containsExactly("spec.taints[0].effect");
  }

  @ParameterizedTest(name = "{0} allows {1}")
  @CsvSource({
    "'{metadata: {generation: 2}, status: {observedGeneration: 2, disruptionsAllowed: 1}}', 1",
    "'{metadata: {generation: 3}, status: {observedGeneration: 2, disruptionsAllowed: 1}}', 0",
    "'{status: {disruptionsAllowed: 1}}', 1",
    "'{metadata: {generation: 1}}', 0",
    "'{status: {disruptionsAllowed: -1}}', 0",
  })
  void budgetAllowsWhatItsControllerCountedInItsPresentForm(String yaml, int allowed) {
    DisruptionBudget budget =
        Manifests.value(
            DisruptionBudgetDecoder.decode(Manifests.read(yaml, PodDisruptionBudget.class)));

    assertThat(budget.disruptionsAllowed()).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "selector {0} protects: {1}")
  @CsvSource({
    "'{selector: {}}', true",
    "'{}', false",
    "'{selector: {matchLabels: {a: b}}}', false"
  })
  void emptySelectorProtectsEveryPodAndAnAbsentOneNone(String spec, boolean protects) {
    DisruptionBudget budget =
        Manifests.value(
            DisruptionBudgetDecoder.decode(
                Manifests.read(
                    "{metadata: {name: b, namespace: shop}, spec: " + spec + "}",
                    PodDisruptionBudget.class)));

    assertThat(budget.protects(Manifests.decode(Manifests.pod("{}")))).isEqualTo(protects);
  }

  @ParameterizedTest(name = "{0} {1}: {2} pods")
  @CsvSource({
    "scheduling.x-k8s.io/v1alpha1, '{minMember: 4}', 4",
    "scheduling.volcano.sh/v1beta1, '{minMember: 3}', 3",
    "scheduling.x-k8s.io/v1alpha1, '{}', 1",
    "scheduling.k8s.io/v1alpha2, '{schedulingPolicy: {gang: {minCount: 8}}}', 8",
    "scheduling.k8s.io/v1alpha2, '{schedulingPolicy: {basic: {}}}', 1",
  })
  void readsThePodGroupsOfEachMaker(String apiVersion, String spec, int minMember) {
    PodGroup group =
        Manifests.value(
            PodGroupDecoder.decode(
                Manifests.read(
                    "{apiVersion: %s, kind: PodGroup, metadata: {name: g, namespace: ml}, spec: %s}"
                        .formatted(apiVersion, spec),
                    GenericKubernetesResource.class)));

    assertThat(group.minMember()).isEqualTo(minMember);
    assertThat(group.key()).hasToString("ml/g");
  }

  @Test
  void podGroupWithoutANumberIsBad() {
    assertThat(
            Manifests.problemFields(
                PodGroupDecoder.decode(
                    Manifests.read(
                        "{apiVersion: scheduling.x-k8s.io/v1alpha1, kind: PodGroup, spec: {minMember: all}}",
                        GenericKubernetesResource.class))))
        .containsExactly("spec.minMember");
  }

  @Test
  void daemonSetToleratesWhatItsControllerAdds() {
    DaemonSet set =
        Manifests.value(
            new DaemonSetDecoder(new Interner(), AdmissionDefaults.NONE)
                .decode(
                    Manifests.read(
                        """
                        metadata: {name: agent, namespace: system}
                        spec:
                          template:
                            metadata: {labels: {app: agent}}
                            spec:
                              hostNetwork: true
                              priorityClassName: system-node-critical
                              containers: [{name: a, resources: {limits: {cpu: 100m}}}]
                        """,
                        io.fabric8.kubernetes.api.model.apps.DaemonSet.class)));

    assertThat(set.labels()).containsEntry("app", "agent");
    assertThat(set.spec().priority()).isEqualTo(2_000_001_000);
    assertThat(set.spec().containers().getFirst().requests().get("cpu")).isEqualTo(100);
    assertThat(set.spec().rules().tolerations())
        .anyMatch(each -> each.key().equals("node.kubernetes.io/unschedulable"))
        .anyMatch(each -> each.key().equals("node.kubernetes.io/network-unavailable"))
        .hasSize(7);
  }

  @Test
  void templateGetsWhatAdmissionWouldFillIn() {
    AdmissionDefaults defaults =
        AdmissionDefaults.of(
            List.of(
                Manifests.read("{metadata: {name: high}, value: 900}", PriorityClass.class),
                Manifests.read(
                    "{metadata: {name: usual}, value: 7, globalDefault: true}",
                    PriorityClass.class)),
            List.of(
                Manifests.read(
                    "{metadata: {name: kata}, overhead: {podFixed: {memory: 120Mi}}}",
                    RuntimeClass.class)));
    ScaleTarget high = target("{priorityClassName: high, runtimeClassName: kata}", defaults);
    ScaleTarget usual = target("{}", defaults);

    assertThat(requireNonNull(high.template()).spec().priority()).isEqualTo(900);
    assertThat(requireNonNull(high.template()).spec().overhead().get("memory"))
        .isEqualTo(120L << 20);
    assertThat(requireNonNull(usual.template()).spec().priority()).isEqualTo(7);
    assertThat(requireNonNull(usual.template()).spec().overhead()).isEqualTo(Resources.NONE);
  }

  private static ScaleTarget target(String podSpec, AdmissionDefaults defaults) {
    return decodeTarget(
        Manifests.read(
            """
            metadata: {name: web, namespace: shop, uid: u, resourceVersion: "5"}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template: {metadata: {labels: {app: web}}, spec: %s}
            status: {replicas: 4}
            """
                .formatted(podSpec),
            Deployment.class),
        defaults);
  }

  private static ScaleTarget decodeTarget(HasMetadata workload, AdmissionDefaults defaults) {
    Optional<Decoded<ScaleTarget>> decoded =
        new ScaleTargetDecoder(new Interner(), defaults).decode(workload);
    return Manifests.value(decoded.orElseThrow());
  }

  @Test
  void readsAScaleTarget() {
    ScaleTarget target = target("{containers: [{name: a}]}", AdmissionDefaults.NONE);

    assertThat(target.ref()).hasToString("Deployment shop/web");
    assertThat(target.ref().apiVersion()).isEqualTo("apps/v1");
    assertThat(target.specReplicas()).isEqualTo(3);
    assertThat(target.statusReplicas()).isEqualTo(4);
    assertThat(requireNonNull(target.selector()).matches(Map.of("app", "web"))).isTrue();
  }

  @Test
  void replicasDefaultToOneAndAnEmptySelectorIsNone() {
    ScaleTarget target =
        decodeTarget(
            Manifests.read(
                "{metadata: {name: rc}, spec: {template: {spec: {containers: []}}}}",
                ReplicationController.class),
            AdmissionDefaults.NONE);

    assertThat(target.specReplicas()).isEqualTo(1);
    assertThat(target.selector()).isNull();
  }

  @Test
  void workloadWithoutTemplateIsBadAndAnotherKindIsNoTarget() {
    ScaleTargetDecoder decoder = new ScaleTargetDecoder(new Interner(), AdmissionDefaults.NONE);

    assertThat(Manifests.problemFields(decoder.decode(new Deployment()).orElseThrow()))
        .containsExactly("spec.template.spec");
    assertThat(decoder.decode(new Service())).isEmpty();
  }
}
