package dev.windlass.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodFitTest {
  @ParameterizedTest
  @CsvSource({
    "In, batch, true",
    "In, web, false",
    "NotIn, web, true",
    "NotIn, batch, false",
    "Exists, '', true",
    "DoesNotExist, '', false",
  })
  void followsRequiredNodeAffinity(String operator, String value, boolean allowed) {
    PodSpec pod =
        new PodSpecBuilder()
            .withNewAffinity()
            .withNewNodeAffinity()
            .withNewRequiredDuringSchedulingIgnoredDuringExecution()
            .addNewNodeSelectorTerm()
            .addNewMatchExpression()
            .withKey("pool")
            .withOperator(operator)
            .addToValues(value)
            .endMatchExpression()
            .endNodeSelectorTerm()
            .endRequiredDuringSchedulingIgnoredDuringExecution()
            .endNodeAffinity()
            .endAffinity()
            .build();

    assertThat(PodFit.allowed(pod, node().build())).isEqualTo(allowed);
  }

  @Test
  void needsEveryLabelOfTheSelector() {
    assertThat(PodFit.allowed(selecting(Map.of("pool", "batch")), node().build())).isTrue();
    assertThat(PodFit.allowed(selecting(Map.of("pool", "web")), node().build())).isFalse();
    assertThat(PodFit.allowed(selecting(Map.of("pool", "batch", "disk", "fast")), node().build()))
        .isFalse();
  }

  @Test
  void staysAwayFromCordonedNodes() {
    Node cordoned = node().editOrNewSpec().withUnschedulable(true).endSpec().build();

    assertThat(PodFit.allowed(new PodSpec(), cordoned)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "NoSchedule, Equal, dedicated, gpu, NoSchedule, true",
    "NoSchedule, Equal, dedicated, cpu, NoSchedule, false",
    "NoSchedule, Exists, dedicated, '', '', true",
    "NoSchedule, Exists, '', '', '', true",
    "NoSchedule, Exists, dedicated, '', NoExecute, false",
    "NoExecute, Exists, other, '', '', false",
    "PreferNoSchedule, Exists, other, '', '', true",
  })
  void toleratesAsKubernetesDoes(
      String effect, String operator, String key, String value, String tolerated, boolean allowed) {
    Node node =
        node()
            .editOrNewSpec()
            .addNewTaint()
            .withKey("dedicated")
            .withValue("gpu")
            .withEffect(effect)
            .endTaint()
            .endSpec()
            .build();
    PodSpec pod =
        new PodSpecBuilder()
            .addNewToleration()
            .withOperator(operator)
            .withKey(key)
            .withValue(value)
            .withEffect(tolerated)
            .endToleration()
            .build();

    assertThat(PodFit.allowed(pod, node)).isEqualTo(allowed);
  }

  @Test
  void fitsWhatIsFree() {
    Resources free = Resources.of(Map.of(Resources.CPU, 1_000L, Resources.PODS, 1L));

    assertThat(PodFit.fits(Resources.of(Map.of(Resources.CPU, 1_000L)), free)).isTrue();
    assertThat(PodFit.fits(Resources.of(Map.of(Resources.CPU, 1_001L)), free)).isFalse();
    assertThat(PodFit.fits(Resources.of(Map.of(Resources.NVIDIA_GPU, 1L)), free)).isFalse();
  }

  private static NodeBuilder node() {
    return new NodeBuilder()
        .withNewMetadata()
        .withName("node")
        .addToLabels("pool", "batch")
        .endMetadata()
        .withNewSpec()
        .endSpec();
  }

  private static PodSpec selecting(Map<String, String> labels) {
    return new PodSpecBuilder().withNodeSelector(labels).build();
  }
}
