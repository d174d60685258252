package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scheduling.GroupMembership;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.cloud.CloudView;
import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.provider.spi.GroupView;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityAssemblyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration TOO_OLD = Duration.ofMinutes(3);
  private static final NodeGroupDefinition A = definition("a", "provider: {simulated: {group: a}}");
  private static final NodeGroupDefinition B = definition("b", "provider: {simulated: {group: b}}");
  private static final NodeGroupDefinition STATIC = definition("s", "nodeSelector: {pool: s}");

  @Test
  void leavesOutAGroupThatItsCloudHasNeverDescribed() {
    CapacityAssembly.Assembled assembled =
        assemble(List.of(A, B), List.of(), Map.of(name("a"), view(2, 10)));

    assertThat(assembled.capacity().groups())
        .extracting(NodeGroup::name)
        .containsExactly(name("a"));
    assertThat(assembled.capacity().groups().getFirst().size().target()).isEqualTo(2);
    assertThat(assembled.cloudsAt()).isEqualTo(NOW.minusSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 0, 9", "2, 5, 2, 5", "6, 20, 6, 9", "0, 0, 0, 0"})
  void keepsTheCloudsOwnBounds(int cloudMin, int cloudMax, int min, int max) {
    CloudView seen =
        new CloudView(
            new GroupView(
                0, new GroupView.Limits(cloudMin, cloudMax), List.of(), List.of(), List.of()),
            NOW,
            CloudFacts.NONE);

    NodeGroup.Size size =
        assemble(List.of(A), List.of(), Map.of(name("a"), seen))
            .capacity()
            .groups()
            .getFirst()
            .size();

    assertThat(List.of(size.min(), size.max())).containsExactly(min, max);
  }

  @Test
  void pausesOnlyTheGroupWhoseCloudIsSilent() {
    CapacityAssembly.Assembled assembled =
        assemble(List.of(A, B), List.of(), Map.of(name("a"), view(2, 181), name("b"), view(1, 20)));

    assertThat(assembled.capacity().groups())
        .extracting(group -> group.settings().mode())
        .containsExactly(NodeGroup.Mode.PAUSED, NodeGroup.Mode.ACTING);
    assertThat(assembled.capacity().instances()).hasSize(2);
    assertThat(assembled.cloudsAt())
        .as("age of those that are not too old")
        .isEqualTo(NOW.minusSeconds(20));
  }

  @Test
  void tellsTheAgeWhenEveryCloudIsSilent() {
    CapacityAssembly.Assembled assembled =
        assemble(
            List.of(A, B), List.of(), Map.of(name("a"), view(2, 181), name("b"), view(1, 500)));

    assertThat(assembled.cloudsAt()).isEqualTo(NOW.minusSeconds(500));
  }

  @Test
  void countsTheNodesOfAGroupWithoutACloud() {
    Node mine = node("n1", "", Map.of("pool", "s"));
    Node labelledAway = node("n2", "", Map.of("pool", "s", Keys.NODE_GROUP, "a"));
    Node bought = node("n3", "i-view", Map.of("pool", "s"));

    CapacityAssembly.Assembled assembled =
        assemble(
            List.of(A, STATIC), List.of(mine, labelledAway, bought), Map.of(name("a"), view(1, 1)));

    assertThat(assembled.capacity().groups().getLast().size().target()).isEqualTo(1);
    for (Node node : assembled.capacity().nodes()) {
      assertThat(new GroupMembership(assembled.capacity()).group(node).map(NodeGroup::name))
          .contains(node.equals(mine) ? name("s") : name("a"));
    }
  }

  @Test
  void isFreshWithoutAnyCloud() {
    assertThat(assemble(List.of(STATIC), List.of(), Map.of()).cloudsAt()).isEqualTo(NOW);
  }

  private static CapacityAssembly.Assembled assemble(
      List<NodeGroupDefinition> definitions,
      List<Node> nodes,
      Map<NodeGroupName, CloudView> views) {
    return CapacityAssembly.assemble(
        definitions,
        nodes,
        new CapacityAssembly.Clouds(views, List.of()),
        new CapacityAssembly.Age(NOW, TOO_OLD),
        OtherAutoscalers.NONE,
        new SampleNodes());
  }

  private static NodeGroupName name(String name) {
    return new NodeGroupName(name);
  }

  private static CloudView view(int target, long ageSeconds) {
    Instance instance =
        new Instance(
            new InstanceId("i-view"),
            name("a"),
            new Variant("t", "z", Purchase.ON_DEMAND),
            Instance.State.RUNNING,
            NOW,
            null);
    return new CloudView(
        new GroupView(target, List.of(instance), List.of()),
        NOW.minusSeconds(ageSeconds),
        CloudFacts.NONE);
  }

  private static Node node(String name, String providerId, Map<String, String> labels) {
    return new Node(
        new NodeName(name),
        Identity.NONE,
        labels,
        Map.of(),
        new Node.Spec(List.of(), false, providerId),
        new Node.Status(Resources.NONE, true, null, NOW, null));
  }

  private static NodeGroupDefinition definition(String name, String belonging) {
    NodeGroupResource resource =
        Serialization.unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: %s}
            spec:
              %s
              minSize: 0
              maxSize: 9
            """
                .formatted(name, belonging),
            NodeGroupResource.class);
    return switch (NodeGroupMapping.parse(resource, InstanceCatalogue.EMPTY)) {
      case Parsed.Ok<NodeGroupDefinition> ok -> ok.value();
      case Parsed.Bad<NodeGroupDefinition> bad -> throw new AssertionError(bad.message());
    };
  }
}
