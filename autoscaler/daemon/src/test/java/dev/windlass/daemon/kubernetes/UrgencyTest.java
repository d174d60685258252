package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrgencyTest {
  private static final Instant T0 = Instant.parse("2026-05-04T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "true, 0, true, 8, true",
    "true, 8, true, 8, false",
    "false, 8, true, 8, true",
  })
  void nodeThatAdvertisesDevicesDoesNotWait(
      boolean ready, long devices, boolean readyThen, long devicesThen, boolean expected) {
    assertThat(Urgency.ofNode(node(ready, devices), node(readyThen, devicesThen)))
        .isEqualTo(expected);
  }

  @Test
  void nodeWhoseMachineIsTakenAwayDoesNotWait() {
    assertThat(Urgency.ofNode(node(true, 8), ending())).isTrue();
    assertThat(Urgency.ofNode(ending(), ending())).isFalse();
  }

  private static Node ending() {
    Node node = node(true, 8);
    return new Node(
        node.name(),
        node.identity(),
        node.labels(),
        node.annotations(),
        node.spec(),
        new Node.Status(node.status().allocatable(), true, T0, T0, null, "", T0));
  }

  @ParameterizedTest
  @CsvSource({
    "windlass-system, Driver, false, true, true",
    "windlass-system, Driver, true, true, false",
    "windlass-system, '', false, true, false",
    "elsewhere, Driver, false, true, false",
    "windlass-system, Driver, true, false, false",
  })
  void operandThatHasDoneItsStepDoesNotWait(
      String namespace, String step, boolean before, boolean after, boolean expected) {
    assertThat(Urgency.ofPod(pod(namespace, step, before), pod(namespace, step, after)))
        .isEqualTo(expected);
  }

  @Test
  void operandsRunWhereTheyAreLookedFor() {
    assertThat(GpuOperandPods.NAMESPACE).isEqualTo("windlass-system");
  }

  private static Node node(boolean ready, long devices) {
    return new Node(
        new NodeName("n"),
        Identity.NONE,
        Map.of(),
        Map.of(),
        new Node.Spec(List.of(), false, ""),
        new Node.Status(Resources.of(Map.of(Resources.NVIDIA_GPU, devices)), ready, T0, T0, null));
  }

  private static Pod pod(String namespace, String step, boolean ready) {
    Map<String, String> labels = step.isEmpty() ? Map.of() : Map.of(Keys.GPU_STEP, step);
    return new Pod(
        new ObjectKey(namespace, "driver-x"),
        new PodMetadata(Identity.NONE, labels, Map.of(), null, T0, null),
        PodSpec.of(Resources.NONE, PodPlacementRules.ANYWHERE),
        new PodStatus(PodStatus.Phase.RUNNING, ready, T0, null, PodStatus.Scheduling.SCHEDULED),
        new Pod.Placement(new NodeName("n"), null, null),
        Pod.Lifecycle.USUAL);
  }
}
