package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What effective requests are made of: containers, init containers, pod level, overhead. */
class EffectiveRequestsDecodingTest {

  private static PodSpec spec(String yaml) {
    return Manifests.decode(Manifests.pod(yaml)).spec();
  }

  @ParameterizedTest(name = "requests {0}, limits {1}: {2}")
  @CsvSource({
    "'{cpu: 250m}', '{}', 250",
    "'{}', '{cpu: 1}', 1000",
    "'{cpu: 250m}', '{cpu: 1}', 250",
    "'{cpu: 0}', '{cpu: 1}', 0",
    "'{cpu: 100u}', '{}', 1",
    "'{}', '{}', 0",
  })
  void limitStandsInForAnAbsentRequest(String requests, String limits, long cpuMilli) {
    PodSpec spec =
        spec(
            "containers: [{name: a, resources: {requests: %s, limits: %s}}]"
                .formatted(requests, limits));

    assertThat(spec.containers().getFirst().requests().get("cpu")).isEqualTo(cpuMilli);
  }

  @Test
  void extendedResourcesAreCountedInUnits() {
    PodSpec spec =
        spec(
            """
            containers:
            - name: a
              resources:
                limits: {nvidia.com/gpu: 2, hugepages-2Mi: 64Mi, example.com/widget: "1"}
                requests: {ephemeral-storage: 1Gi, memory: 128974848}
            """);

    assertThat(spec.containers().getFirst().requests())
        .isEqualTo(
            Resources.of(
                Map.of(
                    "nvidia.com/gpu", 2L,
                    "hugepages-2Mi", 64L << 20,
                    "example.com/widget", 1L,
                    "ephemeral-storage", 1L << 30,
                    "memory", 128_974_848L)));
  }

  @Test
  void sidecarsAreInitContainersThatRestart() {
    PodSpec spec =
        spec(
            """
            initContainers:
            - {name: setup, resources: {requests: {cpu: 2}}}
            - {name: proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
            containers: [{name: main, restartPolicy: Always}]
            """);

    assertThat(spec.initContainers().stream().map(Container::name))
        .containsExactly("setup", "proxy");
    assertThat(spec.initContainers().stream().map(Container::restartable))
        .containsExactly(false, true);
    assertThat(spec.containers().getFirst().restartable()).isFalse();
  }

  @ParameterizedTest(name = "pod level {0}, container {1}: {2}")
  @CsvSource({
    "'{requests: {cpu: 2}}', '{cpu: 1}', 2000",
    "'{limits: {cpu: 2}}', '{cpu: 1}', -1",
    "'{limits: {cpu: 2}}', '{}', 2000",
    "'{requests: {cpu: 1}, limits: {cpu: 2}}', '{}', 1000",
    "'{requests: {memory: 1Gi}}', '{cpu: 1}', -1",
    "'{requests: {nvidia.com/gpu: 1}}', '{}', -2",
    "'{}', '{cpu: 1}', -2",
  })
  void podLevelRequestsAreDefaultedAsAdmissionDoes(String level, String container, long expected) {
    PodSpec spec =
        spec(
            "resources: %s\ncontainers: [{name: a, resources: {requests: %s}}]"
                .formatted(level, container));

    Resources podRequests = spec.podRequests();
    long cpuMilli = podRequests == null ? -2 : podRequests.amounts().getOrDefault("cpu", -1L);
    boolean nothingLeft = expected == -1 && podRequests == null;
    assertThat(nothingLeft ? -1 : cpuMilli).isEqualTo(expected);
  }

  @Test
  void overheadOfThePodIsRead() {
    assertThat(spec("overhead: {cpu: 250m, memory: 120Mi}").overhead())
        .isEqualTo(Resources.of(Map.of("cpu", 250L, "memory", 120L << 20)));
  }

  @ParameterizedTest(name = "asks {0}, has {1}, infeasible {2}: {3}")
  @CsvSource({
    "500m, 500m, false, 500",
    "1, 500m, false, 1000",
    "500m, 1, false, 1000",
    "4, 500m, true, 500",
  })
  void resizeInPlaceCountsTheLargerAmount(
      String asks, String has, boolean infeasible, long cpuMilli) {
    Pod pod =
        Manifests.decode(
            Manifests.whole(
                """
                spec: {containers: [{name: a, resources: {requests: {cpu: %s}}}]}
                status:
                  containerStatuses:
                  - {name: a, resources: {requests: {cpu: %s}}, allocatedResources: {cpu: %s}}
                  conditions: [{type: PodResizePending, status: "True", reason: %s}]
                """
                    .formatted(asks, has, has, infeasible ? "Infeasible" : "Deferred")));

    assertThat(pod.spec().containers().getFirst().requests().get("cpu")).isEqualTo(cpuMilli);
  }
}
