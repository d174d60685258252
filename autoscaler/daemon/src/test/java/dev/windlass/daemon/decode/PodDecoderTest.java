package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.RestartPolicy;
import dev.windlass.core.scheduling.EffectiveRequests;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodDecoderTest {
  private final PodDecoder decoder = new PodDecoder(new Interner(), AdmissionDefaults.NONE);

  @Test
  void readsIdentityOwnerAndTimes() {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                metadata:
                  name: web-1
                  namespace: shop
                  uid: u-1
                  resourceVersion: "42"
                  creationTimestamp: "2026-01-01T10:00:00Z"
                  deletionTimestamp: "2026-01-01T12:00:30+02:00"
                  annotations: {windlass.dev/do-not-disrupt: "true", secret: hidden}
                  ownerReferences:
                  - {apiVersion: v1, kind: Node, name: other, uid: u-0}
                  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: u-2, controller: true}
                spec: {nodeName: node-1, terminationGracePeriodSeconds: 5, restartPolicy: Never}
                status:
                  phase: Running
                  startTime: "2026-01-01T10:00:05Z"
                  conditions:
                  - {type: Ready, status: "True", lastTransitionTime: "2026-01-01T10:00:09Z"}
                """));

    assertThat(pod.key()).hasToString("shop/web-1");
    assertThat(pod.metadata().identity().uid()).isEqualTo("u-1");
    assertThat(pod.metadata().controller())
        .isEqualTo(new OwnerReference("apps", "ReplicaSet", "web", "u-2"));
    assertThat(pod.metadata().createdAt()).isEqualTo(Instant.parse("2026-01-01T10:00:00Z"));
    assertThat(pod.metadata().deletedAt()).isEqualTo(Instant.parse("2026-01-01T10:00:30Z"));
    assertThat(pod.metadata().annotations()).containsOnlyKeys(Keys.DO_NOT_DISRUPT);
    assertThat(pod.status())
        .isEqualTo(
            new PodStatus(
                PodStatus.Phase.RUNNING,
                true,
                Instant.parse("2026-01-01T10:00:09Z"),
                Instant.parse("2026-01-01T10:00:05Z"),
                PodStatus.Scheduling.SCHEDULED));
    assertThat(pod.lifecycle().terminationGrace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(pod.lifecycle().restartPolicy()).isEqualTo(RestartPolicy.NEVER);
    assertThat(pod.occupiesNode()).isTrue();
  }

  @ParameterizedTest(name = "{0} is {1}, pending: {2}")
  @CsvSource({
    "'{}', UNSEEN, true",
    "'{status: {conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable}]}}',"
        + " UNSCHEDULABLE, true",
    "'{status: {conditions: [{type: PodScheduled, status: \"False\", reason: SchedulerError}]}}',"
        + " UNSEEN, true",
    "'{status: {conditions: [{type: PodScheduled, status: \"False\", reason: SchedulingGated}]}}',"
        + " GATED, false",
    "'{spec: {schedulingGates: [{name: quota}]}}', GATED, false",
    "'{spec: {nodeName: n}}', SCHEDULED, false",
    "'{status: {phase: Succeeded}}', UNSEEN, false",
    "'{metadata: {deletionTimestamp: \"2026-01-01T00:00:00Z\"}}', UNSEEN, false",
  })
  void tellsPendingFromTheRest(String yaml, PodStatus.Scheduling scheduling, boolean pending) {
    Pod pod = Manifests.decode(Manifests.whole(yaml));

    assertThat(pod.status().scheduling()).isEqualTo(scheduling);
    assertThat(pod.isPending()).isEqualTo(pending);
  }

  @ParameterizedTest(name = "{0}: gang {1}")
  @CsvSource({
    "'{metadata: {labels: {scheduling.x-k8s.io/pod-group: train}}}', train",
    "'{metadata: {annotations: {scheduling.k8s.io/group-name: train}}}', train",
    "'{spec: {schedulingGroup: {podGroupName: train}}}', train",
    "'{metadata: {labels: {scheduling.x-k8s.io/pod-group: old}}, spec: {schedulingGroup:"
        + " {podGroupName: train}}}', train",
    "'{metadata: {labels: {app: web}}}', ",
  })
  void findsTheGangByEachConvention(String yaml, String gang) {
    assertThat(Manifests.decode(Manifests.whole(yaml)).placement().gang()).isEqualTo(gang);
  }

  @Test
  void localStorageIsWhatDiesWithTheNode() {
    Pod pod =
        Manifests.decode(
            Manifests.pod(
                """
                volumes:
                - {name: cache, emptyDir: {}}
                - {name: shm, emptyDir: {medium: Memory}}
                - {name: huge, emptyDir: {medium: HugePages}}
                - {name: host, hostPath: {path: /var/log}}
                - {name: config, configMap: {name: c}}
                - {name: claim, persistentVolumeClaim: {claimName: c}}
                """));

    assertThat(pod.lifecycle().localStorage().volumes())
        .containsExactlyInAnyOrder("cache", "huge", "host");
  }

  @ParameterizedTest(name = "share {0}: {1} thousandths")
  @CsvSource({"1, 1", "125, 125", "1000, 1000"})
  void readsTheShareOfADevice(String written, int milli) {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                "metadata: {annotations: {windlass.dev/gpu-milli: '" + written + "'}}"));

    assertThat(pod.spec().gpuMilli()).isEqualTo(milli);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "0.5", "-1", "half", "99999999999"})
  void refusesAShareThatIsNone(String written) {
    Decoded<Pod> decoded =
        decoder.decode(
            Manifests.whole(
                "metadata: {annotations: {windlass.dev/gpu-milli: '" + written + "'}}"));

    assertThat(Manifests.problemFields(decoded))
        .containsExactly("metadata.annotations[windlass.dev/gpu-milli]");
  }

  @Test
  void tellsEveryProblemOfAPodAtOnce() {
    Decoded<Pod> decoded =
        decoder.decode(
            Manifests.whole(
                """
                metadata: {name: bad, creationTimestamp: yesterday}
                spec:
                  containers: [{name: a, resources: {requests: {cpu: "-1"}}}]
                  tolerations: [{key: a, operator: Matches}, {key: b, effect: Never}]
                  topologySpreadConstraints:
                  - {maxSkew: 0, topologyKey: "", whenUnsatisfiable: DoNotSchedule}
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions: [{key: a, operator: Near, values: [b]}]
                        - matchExpressions: [{key: a, operator: In}]
                """));

    assertThat(Manifests.problemFields(decoded))
        .containsExactlyInAnyOrder(
            "metadata.creationTimestamp",
            "spec.containers[0].resources.requests.cpu",
            "spec.tolerations[0].operator",
            "spec.tolerations[1].effect",
            "spec.topologySpreadConstraints[0].maxSkew",
            "spec.topologySpreadConstraints[0].topologyKey",
            "spec.affinity.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].operator",
            "spec.affinity.nodeAffinity.required.nodeSelectorTerms[1].matchExpressions[0].values");
  }

  @Test
  void standInOfABadPodKeepsItsNode() {
    io.fabric8.kubernetes.api.model.Pod bad =
        Manifests.whole(
            """
            metadata: {name: bad, namespace: shop}
            spec:
              nodeName: node-1
              tolerations: [{key: a, operator: Matches}]
              containers: [{name: a, resources: {requests: {cpu: 2, memory: much}}}]
            """);

    Pod standIn = decoder.decodeOrStandIn(bad);

    assertThat(decoder.decode(bad)).isInstanceOf(Decoded.Bad.class);
    assertThat(standIn.occupiesNode()).isTrue();
    assertThat(standIn.metadata().annotations()).containsEntry(Keys.DO_NOT_DISRUPT, "true");
    assertThat(EffectiveRequests.of(standIn.spec()).get(Resources.CPU)).isEqualTo(2_000);
    assertThat(standIn.placement().invalidSpec())
        .contains("spec.containers[0].resources.requests.memory is 'much'")
        .contains("spec.tolerations[0].operator is 'Matches'");
  }

  @Test
  void podsOfOneWorkloadShareTheirSpecAndLabels() {
    String spec =
        "tolerations: [{operator: Exists}]\n"
            + "containers: [{name: a, resources: {requests: {cpu: 1}}}]";

    Pod one = decoder.decode(Manifests.pod(spec)).toOptional().orElseThrow();
    Pod two = decoder.decode(Manifests.pod(spec)).toOptional().orElseThrow();
    Pod other = decoder.decode(Manifests.pod("containers: [{name: b}]")).toOptional().orElseThrow();

    assertThat(two.spec()).isSameAs(one.spec());
    assertThat(two.metadata().labels()).isSameAs(one.metadata().labels());
    assertThat(other.spec()).isNotEqualTo(one.spec());
  }

  @Test
  void nullsInManifestsDoNoHarm() {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                metadata: {name: web, labels: {app: null}, annotations: null, ownerReferences: null}
                spec: {containers: null, tolerations: null, volumes: [null], nodeSelector: {a: null}}
                status: {conditions: null}
                """));

    assertThat(pod.metadata().labels()).containsEntry("app", "");
    assertThat(pod.spec().rules().nodeSelector()).containsEntry("a", "");
    assertThat(pod.spec().containers()).isEmpty();
  }
}
