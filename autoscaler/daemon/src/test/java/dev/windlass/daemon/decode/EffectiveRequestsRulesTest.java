package dev.windlass.daemon.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.EffectiveRequests;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From a manifest to what the pod takes of its node. Cases after "Resource sharing within
 * containers" of the sidecar documentation, KEP-753, KEP-2837 and the pod overhead documentation.
 */
class EffectiveRequestsRulesTest {

  private static Resources requests(String specYaml) {
    return EffectiveRequests.of(Manifests.decode(Manifests.pod(specYaml)).spec());
  }

  /** Containers as {@code 100m}, init containers as {@code 100m}, sidecars as {@code 100m+}. */
  private static String spec(String containers, String initContainers, String rest) {
    return "containers: ["
        + list(containers)
        + "]\ninitContainers: ["
        + list(initContainers)
        + "]\n"
        + rest.replace(';', '\n');
  }

  private static String list(String cpus) {
    return Arrays.stream(cpus.split(" "))
        .filter(each -> !each.isBlank())
        .map(each ->
            "{name: c, %s resources: {requests: {cpu: %s}}}"
                .formatted(
                    each.endsWith("+") ? "restartPolicy: Always," : "", each.replace("+", "")))
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest(name = "containers [{0}], init [{1}], {2}: {3}m")
  @CsvSource({
    "'', '', '', 0",
    "100m, '', '', 100",
    "100m 200m, '', '', 300",
    "100m 200m, 250m, '', 300",
    "100m 200m, 500m, '', 500",
    "100m, 200m 300m 150m, '', 300",
    "100m, 50m+, '', 150",
    "100m, 50m+ 20m+, '', 170",
    // An init container after a sidecar runs beside it, one before it does not.
    "100m, 50m+ 200m, '', 250",
    "100m, 200m 50m+, '', 200",
    "100m, 200m 50m+ 200m, '', 250",
    "100m, 50m+ 200m 60m+ 100m, '', 250",
    "100m, 300m 50m+ 60m+, '', 300",
    "0, 0+ 0, '', 0",
    // Overhead is added once, to whichever counts.
    "100m, '', 'overhead: {cpu: 30m}', 130",
    "100m, 500m, 'overhead: {cpu: 30m}', 530",
    // Requests at pod level take the place of the containers'.
    "100m 200m, '', 'resources: {requests: {cpu: 1}}', 1000",
    "100m 200m, 2, 'resources: {requests: {cpu: 1}}', 1000",
    "100m, '', 'resources: {requests: {cpu: 1}};overhead: {cpu: 30m}', 1030",
    "100m, '', 'resources: {requests: {memory: 1Gi}}', 100",
    "100m, '', 'resources: {limits: {cpu: 4}}', 100",
    "'', '', 'resources: {limits: {cpu: 4}}', 4000",
  })
  void cpu(String containers, String initContainers, String rest, long milli) {
    Resources requests = requests(spec(containers, initContainers, rest));

    assertThat(requests.get(Resources.CPU)).isEqualTo(milli);
    assertThat(requests.get(Resources.PODS)).isEqualTo(1);
  }

  @Test
  void everyResourceHasItsOwnMaximum() {
    Resources requests =
        requests(
            """
            initContainers:
            - {name: fetch, resources: {requests: {memory: 4Gi, cpu: 100m}}}
            containers:
            - {name: a, resources: {requests: {memory: 1Gi, cpu: 1}, limits: {nvidia.com/gpu: 1}}}
            - {name: b, resources: {requests: {memory: 1Gi}, limits: {nvidia.com/gpu: 2}}}
            """);

    assertThat(requests.get(Resources.MEMORY)).isEqualTo(4L << 30);
    assertThat(requests.get(Resources.CPU)).isEqualTo(1_000);
    assertThat(requests.get(Resources.NVIDIA_GPU)).isEqualTo(3);
  }

  @Test
  void neverLessThanAnyMomentOfThePodsLife() {
    long seed = 9_20;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int[] containers = random.ints(random.nextInt(1, 4), 0, 900).toArray();
      int[] init = random.ints(random.nextInt(0, 5), 0, 900).toArray();
      boolean[] sidecar = new boolean[init.length];
      StringBuilder written = new StringBuilder();
      for (int i = 0; i < init.length; i++) {
        sidecar[i] = random.nextBoolean();
        written.append(init[i]).append(sidecar[i] ? "m+ " : "m ");
      }
      String plain =
          Arrays.stream(containers).mapToObj(each -> each + "m").collect(Collectors.joining(" "));

      long effective = requests(spec(plain, written.toString(), "")).get(Resources.CPU);

      assertThat(effective)
          .as("seed %d round %d: [%s] init [%s]", seed, round, plain, written)
          .isEqualTo(peak(containers, init, sidecar));
    }
  }

  /** Plays the start of a pod step by step and keeps the largest sum. */
  private static long peak(int[] containers, int[] init, boolean[] sidecar) {
    long running = 0;
    long peak = 0;
    for (int i = 0; i < init.length; i++) {
      peak = Math.max(peak, running + init[i]);
      running += sidecar[i] ? init[i] : 0;
    }
    return Math.max(peak, running + Arrays.stream(containers).sum());
  }

  @Test
  void templateOfAWorkloadCountsLikeItsPod() {
    String spec = spec("100m 200m", "50m+ 500m", "overhead: {cpu: 30m}");
    String template =
        "metadata: {name: w}\nspec:\n  selector: {}\n  template:\n    spec:\n" + spec.indent(6);
    io.fabric8.kubernetes.api.model.apps.Deployment workload =
        Manifests.read(template, io.fabric8.kubernetes.api.model.apps.Deployment.class);

    Interner interner = new Interner();
    ScaleTargetDecoder targets = new ScaleTargetDecoder(interner, AdmissionDefaults.NONE);
    PodDecoder pods = new PodDecoder(interner, AdmissionDefaults.NONE);

    assertThat(
            List.of(
                requireNonNull(Manifests.value(targets.decode(workload).orElseThrow()).template())
                    .spec()))
        .first()
        .isSameAs(Manifests.value(pods.decode(Manifests.pod(spec))).spec());
  }
}
