package dev.windlass.core.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot.Capacity;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadTimesTest {
  private static final Instant ORDERED = Instant.parse("2026-11-22T08:00:00Z");

  private static Instance instance(String name) {
    return new Instance(
        new InstanceId("cloud://" + name),
        new NodeGroupName("general"),
        new Variant("large", "a", Purchase.ON_DEMAND),
        Instance.State.RUNNING,
        ORDERED,
        null);
  }

  private static Node node(String name, int readyAfter, boolean ready) {
    return new Node(
        new NodeName(name),
        Identity.NONE,
        Map.of(),
        Map.of(),
        new Node.Spec(List.of(), false, "cloud://" + name),
        new Node.Status(
            Resources.NONE, ready, ORDERED.plusSeconds(readyAfter), ORDERED.plusSeconds(5), null));
  }

  private static Pod pod(String node, int readyAfter, boolean ready) {
    return new Pod(
        new ObjectKey("shop", "web-" + node + readyAfter),
        new PodMetadata(Identity.NONE, Map.of(), Map.of(), null, ORDERED, null),
        PodSpec.of(Resources.NONE, PodPlacementRules.ANYWHERE),
        new PodStatus(
            PodStatus.Phase.RUNNING,
            ready,
            ORDERED.plusSeconds(1000L + readyAfter),
            ORDERED.plusSeconds(1000),
            PodStatus.Scheduling.SCHEDULED),
        new Pod.Placement(new NodeName(node), null, null),
        Pod.Lifecycle.USUAL);
  }

  private static Duration leadTime(List<Node> nodes, List<Pod> pods) {
    List<Instance> instances = List.of(instance("a"), instance("b"), instance("c"));
    return new LeadTimes(new Capacity(nodes, List.of(), instances, List.of())).of(pods);
  }

  @Test
  void isTheMedianOfNodesAndOfPodsTogether() {
    List<Node> nodes = List.of(node("a", 60, true), node("b", 90, true), node("c", 400, true));
    List<Pod> pods = List.of(pod("a", 5, true), pod("b", 20, true), pod("c", 30, true));
    assertThat(leadTime(nodes, pods)).isEqualTo(Duration.ofSeconds(90 + 20));
  }

  @Test
  void countsEachNodeOnceAndOnlyThoseOfTheWorkload() {
    List<Node> nodes = List.of(node("a", 60, true), node("b", 90, true), node("c", 400, true));
    List<Pod> pods = List.of(pod("a", 5, true), pod("a", 6, true), pod("a", 7, true));
    assertThat(leadTime(nodes, pods)).isEqualTo(Duration.ofSeconds(60 + 6));
  }

  @Test
  void leavesOutWhatSaysNothingOfAStart() {
    List<Node> nodes =
        List.of(node("a", 60, false), node("b", 3 * 3600, true), node("unknown", 60, true));
    List<Pod> pods =
        List.of(pod("a", 5, false), pod("b", 3 * 3600, true), pod("unknown", -7, true));
    assertThat(leadTime(nodes, pods)).isEqualTo(LeadTimes.USUAL_NODE);
  }
}
