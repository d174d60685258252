package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.TemplateDrift;
import dev.windlass.core.model.Variant;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.daemon.cloud.CloudView;
import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** F43: the first real node of a group is not what its cloud has described. */
class TemplateDriftAssemblyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final NodeGroupName NAME = new NodeGroupName("g");
  private static final long GIB = 1L << 30;
  private static final InstanceCatalogue CATALOGUE =
      new InstanceCatalogue(
          List.of(
              new InstanceType(
                  new InstanceType.Name("aws", "", "m.large"),
                  "amd64",
                  memory(16),
                  null,
                  Price.ofUsdPerHour(1),
                  Price.UNKNOWN)));

  private final SampleNodes samples = new SampleNodes();

  @Test
  void namesGroupFieldDescribedAndObservedValueAndUsesWhatWasObserved() {
    CapacityAssembly.Assembled assembled = assemble(described("etl"), List.of(node("web", 14)));

    assertThat(assembled.drifts())
        .containsOnly(
            Map.entry(
                NAME,
                List.of(
                    new TemplateDrift("label team", "etl", "web"),
                    new TemplateDrift("memory", "16384 MiB", "14336 MiB"))));
    assertThat(memoryOf(assembled)).isEqualTo(14 * GIB);
  }

  @Test
  void saysNothingOfANodeThatIsAsDescribed() {
    assertThat(assemble(described("etl"), List.of(node("etl", 16))).drifts()).isEmpty();
  }

  @Test
  void ca2809RemembersTheRealAmountsOfAGroupThatWasScaledToZero() {
    assertThat(memoryOf(assemble(described("etl"), List.of()))).isEqualTo(16 * GIB);
    assemble(described("etl"), List.of(node("etl", 14)));

    CapacityAssembly.Assembled empty = assemble(described("etl"), List.of());

    assertThat(memoryOf(empty))
        .as("a pod of 15 GiB does not buy machine after machine")
        .isEqualTo(14 * GIB);
    assertThat(empty.drifts()).containsKey(NAME);
  }

  @Test
  void ca8341BelievesTheCloudAgainWhenItsDescriptionHasChanged() {
    assemble(described("etl"), List.of(node("etl", 14)));

    assertThat(memoryOf(assemble(described("batch"), List.of()))).isEqualTo(16 * GIB);
  }

  private static long memoryOf(CapacityAssembly.Assembled assembled) {
    return assembled
        .capacity()
        .groups()
        .getFirst()
        .offerings()
        .getFirst()
        .template()
        .allocatable()
        .get(Resources.MEMORY);
  }

  private CapacityAssembly.Assembled assemble(CloudFacts facts, List<Node> nodes) {
    return CapacityAssembly.assemble(
        List.of(group()),
        nodes,
        new CapacityAssembly.Clouds(
            Map.of(
                NAME, new CloudView(new GroupView(nodes.size(), List.of(), List.of()), NOW, facts)),
            List.of()),
        new CapacityAssembly.Age(NOW, Duration.ofMinutes(3)),
        OtherAutoscalers.NONE,
        samples);
  }

  private static CloudFacts described(String team) {
    return new CloudFacts(
        List.of(
            new Described(
                new Variant("m.large", "a", Purchase.ON_DEMAND),
                Map.of("team", team),
                List.of(),
                memory(16),
                memory(16),
                Gpu.NONE,
                Map.of(),
                "")),
        Map.of());
  }

  private static Resources memory(long gib) {
    return Resources.of(Map.of("cpu", 4_000L, "memory", gib * GIB, "pods", 58L));
  }

  private static Node node(String team, long gib) {
    return new Node(
        new NodeName("n"),
        Identity.NONE,
        Map.of(
            "team",
            team,
            "kubernetes.io/os",
            "linux",
            "kubernetes.io/arch",
            "amd64",
            Keys.INSTANCE_TYPE,
            "m.large",
            Keys.ZONE,
            "a",
            Keys.NODE_GROUP,
            "g"),
        Map.of(),
        new Node.Spec(List.of(), false, ""),
        new Node.Status(memory(gib), true, null, NOW, null));
  }

  private static NodeGroupDefinition group() {
    NodeGroupResource resource =
        Serialization.unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: g}
            spec:
              provider: {aws: {autoScalingGroup: g}}
              minSize: 0
              maxSize: 9
            """,
            NodeGroupResource.class);
    return switch (NodeGroupMapping.parse(resource, CATALOGUE)) {
      case Parsed.Ok<NodeGroupDefinition> ok -> ok.value();
      case Parsed.Bad<NodeGroupDefinition> bad -> throw new AssertionError(bad.message());
    };
  }
}
