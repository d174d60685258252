package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.EffectiveRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that Kubernetes would refuse: the pod is seen, and the field is named. */
class BadPodSpecTest {
  private final PodDecoder decoder = new PodDecoder(new Interner(), AdmissionDefaults.NONE);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          containers[0].resources.requests.cpu | containers: [{name: a, resources: {requests: {cpu: 1.5.0}}}]
          containers[0].resources.requests.memory | containers: [{name: a, resources: {requests: {memory: -1Gi}}}]
          containers[0].resources.requests.memory | containers: [{name: a, resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}}]
          containers[0].resources.requests.nvidia.com/gpu | containers: [{name: a, resources: {requests: {nvidia.com/gpu: 500m}}}]
          containers[0].resources.limits.cpu | containers: [{name: a, resources: {limits: {cpu: lots}}}]
          initContainers[1].resources.requests.cpu | initContainers: [{name: a}, {name: b, resources: {requests: {cpu: x}}}]
          containers[0].ports[0].hostPort | containers: [{name: a, ports: [{hostPort: 65536}]}]
          containers[0].ports[1].protocol | containers: [{name: a, ports: [{hostPort: 80}, {hostPort: 81, protocol: ICMP}]}]
          overhead.cpu | overhead: {cpu: y}
          resources.requests.cpu | resources: {requests: {cpu: y}}
          nodeSelector.disk | nodeSelector: {disk: "not a value"}
          nodeSelector | nodeSelector: {"a b": c}
          tolerations[0].operator | tolerations: [{operator: Equal, value: x}]
          tolerations[0].operator | tolerations: [{key: a, operator: Like}]
          tolerations[0].value | tolerations: [{key: a, operator: Exists, value: x}]
          tolerations[0].effect | tolerations: [{key: a, effect: NoEntry}]
          tolerations[0].key | tolerations: [{key: "a/b/c"}]
          topologySpreadConstraints[0].maxSkew | topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
          topologySpreadConstraints[0].minDomains | topologySpreadConstraints: [{maxSkew: 1, minDomains: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
          topologySpreadConstraints[0].topologyKey | topologySpreadConstraints: [{maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]
          topologySpreadConstraints[0].whenUnsatisfiable | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Whatever}]
          topologySpreadConstraints[0].nodeAffinityPolicy | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, nodeAffinityPolicy: Maybe}]
          topologySpreadConstraints[0].nodeTaintsPolicy | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, nodeTaintsPolicy: Maybe}]
          topologySpreadConstraints[0].maxSkew | topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]
          topologySpreadConstraints[0].labelSelector.matchExpressions[0].operator | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: a, operator: Gt, values: ["1"]}]}}]
          topologySpreadConstraints[0].labelSelector.matchLabels.app | topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: "-x"}}}]
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: []}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt, values: [many]}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].key | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{operator: Exists}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[0].key | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.uid, operator: In, values: [b]}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[0].operator | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: Exists}]}]}}}
          affinity.nodeAffinity.required.nodeSelectorTerms[0].matchFields[0].values | affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a, b]}]}]}}}
          affinity.nodeAffinity.preferred[0].weight | affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 101, preference: {matchExpressions: [{key: a, operator: Exists}]}}]}}
          affinity.podAffinity.required[0].topologyKey | affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {a: b}}}]}}
          affinity.podAntiAffinity.required[0].namespaceSelector.matchExpressions[0].operator | affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, namespaceSelector: {matchExpressions: [{key: a, operator: Near}]}}]}}
          affinity.podAntiAffinity.preferred[0].podAffinityTerm.labelSelector.matchExpressions[0].values | affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone, labelSelector: {matchExpressions: [{key: a, operator: NotIn}]}}}]}}
          """)
  void theFieldIsNamed(String field, String spec) {
    Pod pod = decoder.decodeOrStandIn(Manifests.pod(spec));

    assertThat(pod.placement().invalidSpec()).contains("spec." + field + " is ");
    assertThat(pod.isPending()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tolerations: [{operator: Exists}]
          tolerations: [{key: a, operator: Gt, value: "5"}]
          nodeSelector: {example.com/disk: "", disk: a_b.c-d}
          containers: [{name: a, resources: {requests: {nvidia.com/gpu: "2000m", cpu: 0.1, memory: 1e3}}}]
          containers: [{name: a, ports: [{containerPort: 80}, {hostPort: 65535, protocol: SCTP}]}]
          topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, nodeTaintsPolicy: Honor}]
          affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: NotIn, values: [n1]}]}]}}}
          affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Lt, values: ["3"]}]}]}}}
          """)
  void whatKubernetesTakesIsGood(String spec) {
    assertThat(decoder.decodeOrStandIn(Manifests.pod(spec)).placement().invalidSpec()).isNull();
  }

  @Test
  void aPreferenceIsNoHardRule() {
    Pod pod =
        Manifests.decode(
            Manifests.pod(
                """
                affinity:
                  nodeAffinity:
                    preferredDuringSchedulingIgnoredDuringExecution:
                    - {weight: 7, preference: {matchExpressions: [{key: disk, operator: Exists}]}}
                  podAffinity:
                    preferredDuringSchedulingIgnoredDuringExecution:
                    - weight: 5
                      podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {a: b}}}
                  podAntiAffinity:
                    preferredDuringSchedulingIgnoredDuringExecution:
                    - weight: 3
                      podAffinityTerm: {topologyKey: rack, labelSelector: {matchLabels: {a: c}}}
                topologySpreadConstraints:
                - maxSkew: 1
                  topologyKey: zone
                  whenUnsatisfiable: ScheduleAnyway
                  labelSelector: {matchLabels: {app: web}}
                """));

    assertThat(pod.spec().rules()).isEqualTo(PodPlacementRules.ANYWHERE);
    assertThat(pod.placement().preferences().nodes())
        .extracting(each -> each.weight())
        .containsExactly(7);
    assertThat(pod.placement().preferences().pods())
        .extracting(each -> each.weight() + " " + each.term().topologyKey())
        .containsExactly("5 zone", "-3 rack");
    assertThat(pod.placement().preferences().spread())
        .extracting(each -> each.topologyKey())
        .containsExactly("zone");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          grows: the larger of wish and gift counts | 3 | 2 | 1 | '' | 3000
          shrinks: what it still has counts | 1 | 4 | 2 | '' | 4000
          allocated but not yet given | 1 | 1 | 2 | '' | 2000
          infeasible: the wish does not count | 8 | 2 | 1 | Infeasible | 2000
          deferred: the wish counts | 8 | 2 | 1 | Deferred | 8000
          """)
  void aPodThatIsResizedAtPodLevelTakesWhatItHasAndWants(
      String what, String wanted, String actual, String allocated, String reason, long milli) {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                metadata: {name: web, namespace: shop}
                spec:
                  nodeName: n1
                  resources: {requests: {cpu: %s}}
                  containers: [{name: a, resources: {requests: {cpu: 1}}}]
                status:
                  resources: {requests: {cpu: %s}}
                  allocatedResources: {cpu: %s}
                  conditions: [{type: PodResizePending, status: "True", reason: "%s"}]
                """
                    .formatted(wanted, actual, allocated, reason)));

    assertThat(EffectiveRequests.of(pod.spec()).get(Resources.CPU)).as(what).isEqualTo(milli);
  }

  @Test
  void anInitContainerThatHasRunTakesNothingOfItsStatus() {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                metadata: {name: web, namespace: shop}
                spec:
                  nodeName: n1
                  initContainers:
                  - {name: once, resources: {requests: {cpu: 1}}}
                  - {name: always, restartPolicy: Always, resources: {requests: {cpu: 1}}}
                status:
                  initContainerStatuses:
                  - {name: once, resources: {requests: {cpu: 9}}}
                  - {name: always, resources: {requests: {cpu: 3}}}
                """));

    assertThat(EffectiveRequests.of(pod.spec()).get(Resources.CPU)).isEqualTo(3_000);
  }

  @Test
  void theSchedulerIsTheDefaultOneUnlessNamed() {
    assertThat(Manifests.decode(Manifests.pod("{}")).placement().schedulerName())
        .isEqualTo("default-scheduler");
    assertThat(
            Manifests.decode(Manifests.pod("schedulerName: volcano")).placement().schedulerName())
        .isEqualTo("volcano");
  }
}
