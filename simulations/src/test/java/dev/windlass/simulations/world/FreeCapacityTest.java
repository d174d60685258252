package dev.windlass.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreeCapacityTest {
  private static final List<Node> NODES = List.of(node("a", "4"), node("b", "4"));

  @Test
  void placesOnTheEmptiestNode() {
    FreeCapacity capacity = FreeCapacity.of(NODES, List.of(pod("one", "a", "1")), Map.of());

    assertThat(capacity.place(pod("two", "", "1"))).contains("b");
  }

  @Test
  void countsABindingThatTheCacheDoesNotShowYet() {
    FreeCapacity capacity =
        FreeCapacity.of(
            NODES,
            List.of(pod("one", "", "4"), pod("two", "", "3")),
            Map.of("one", "a", "two", "b"));

    assertThat(capacity.place(pod("three", "", "2"))).isEmpty();
    assertThat(capacity.place(pod("four", "", "1"))).contains("b");
  }

  @Test
  void aTrialLeavesTheOriginalAlone() {
    FreeCapacity capacity = FreeCapacity.of(List.of(node("a", "1")), List.of(), Map.of());

    assertThat(capacity.copy().place(pod("one", "", "1"))).contains("a");
    assertThat(capacity.place(pod("two", "", "1"))).contains("a");
    assertThat(capacity.place(pod("three", "", "1"))).isEmpty();
  }

  @Test
  void podsThatEndedTakeNothing() {
    Pod ended =
        new PodBuilder(pod("one", "a", "4"))
            .editOrNewStatus()
            .withPhase("Succeeded")
            .endStatus()
            .build();

    assertThat(
            FreeCapacity.of(List.of(node("a", "4")), List.of(ended), Map.of())
                .place(pod("two", "", "4")))
        .contains("a");
  }

  private static Node node(String name, String cpu) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .addToAllocatable("cpu", new Quantity(cpu))
        .addToAllocatable("pods", new Quantity("110"))
        .endStatus()
        .build();
  }

  private static Pod pod(String uid, String node, String cpu) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(uid)
        .withUid(uid)
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .addNewContainer()
        .withName("main")
        .withNewResources()
        .addToRequests("cpu", new Quantity(cpu))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }
}
