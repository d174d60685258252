package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.daemon.resource.NodeGroupDefinition.ProviderReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeGroupMappingTest {
  private static final long GIB = 1L << 30;
  private static final InstanceCatalogue CATALOGUE =
      new InstanceCatalogue(
          List.of(type("small", 2, null), type("gpu", 8, new InstanceType.Gpu("nvidia-x", 4, 1))));

  private static InstanceType type(String name, int cores, InstanceType.@Nullable Gpu gpu) {
    return new InstanceType(
        new InstanceType.Name("aws", "us-east-1", name),
        "arm64",
        Resources.of(Map.of("cpu", cores * 1000L, "memory", cores * GIB, "pods", 58L)),
        gpu,
        Price.ofUsdPerHour(cores),
        Price.ofUsdPerHour(cores / 4.0));
  }

  private static Parsed<NodeGroupDefinition> parse(String spec) {
    return Yaml.read(NodeGroupResource.class, "metadata: {name: group}\nspec:\n" + spec.indent(2))
        .then(resource -> NodeGroupMapping.parse(resource, CATALOGUE));
  }

  private static NodeGroup group(String spec) {
    return Yaml.ok(parse(spec)).withTarget(3);
  }

  private static final String SIMULATED =
      """
      provider: {simulated: {group: g, region: us-east-1}}
      minSize: 1
      maxSize: 9
      """;

  @Test
  void fillsOfferingsFromTheCatalogueForEachTypeZoneAndPurchase() {
    List<Offering> offerings =
        group(
                SIMULATED
                    + """
                    instanceTypes: [small, gpu]
                    zones: [a, b]
                    purchases: [OnDemand, Spot]
                    """)
            .offerings();
    assertThat(offerings)
        .extracting(Offering::variant)
        .containsExactly(
            new Variant("small", "a", Purchase.ON_DEMAND),
            new Variant("small", "a", Purchase.SPOT),
            new Variant("small", "b", Purchase.ON_DEMAND),
            new Variant("small", "b", Purchase.SPOT),
            new Variant("gpu", "a", Purchase.ON_DEMAND),
            new Variant("gpu", "a", Purchase.SPOT),
            new Variant("gpu", "b", Purchase.ON_DEMAND),
            new Variant("gpu", "b", Purchase.SPOT));
    assertThat(offerings.getFirst().price()).isEqualTo(Price.ofUsdPerHour(2));
    assertThat(offerings.getFirst().template().labels())
        .containsEntry(Keys.INSTANCE_TYPE, "small")
        .containsEntry(Keys.ZONE, "a")
        .containsEntry(Keys.REGION, "us-east-1")
        .containsEntry(Keys.CAPACITY_TYPE, "on-demand")
        .containsEntry(Keys.NODE_GROUP, "group")
        .containsEntry("kubernetes.io/arch", "arm64");
    assertThat(offerings.getLast().price()).isEqualTo(Price.ofUsdPerHour(2));
    assertThat(offerings.getLast().template().allocatable().get(Resources.NVIDIA_GPU)).isEqualTo(4);
  }

  @Test
  void templateWinsOverTheCatalogueAmountByAmount() {
    Offering offering =
        group(
                SIMULATED
                    + """
                    instanceTypes: [small]
                    template:
                      labels: {team: a}
                      taints: [{key: only, value: research, effect: NoExecute}]
                      resources: {memory: 1Gi, example.com/fpga: 2}
                    """)
            .offerings()
            .getFirst();
    assertThat(offering.template().allocatable().amounts())
        .isEqualTo(Map.of("cpu", 2_000L, "memory", GIB, "pods", 58L, "example.com/fpga", 2L));
    assertThat(offering.template().labels()).containsEntry("team", "a");
    assertThat(offering.template().taints())
        .containsExactly(new Taint("only", "research", Taint.Effect.NO_EXECUTE));
  }

  @Test
  void templateAloneIsEnoughForATypeThatNobodyKnows() {
    Offering offering =
        group(SIMULATED + "template: {resources: {cpu: 1500m, memory: 2Gi}}")
            .offerings()
            .getFirst();
    assertThat(offering.variant()).isEqualTo(new Variant("", "", Purchase.ON_DEMAND));
    assertThat(offering.template().allocatable().get("cpu")).isEqualTo(1_500);
    assertThat(offering.template().allocatable().get("pods")).isEqualTo(110);
    assertThat(offering.price().known()).isFalse();
  }

  @Test
  void typeOfWhichNothingIsKnownCannotBeBought() {
    assertThat(group(SIMULATED + "instanceTypes: [unheard-of]").offerings()).isEmpty();
    assertThat(group(SIMULATED).offerings()).isEmpty();
  }

  @Test
  void ownPriceWinsWhereItApplies() {
    List<Offering> offerings =
        group(
                SIMULATED
                    + """
                    instanceTypes: [small]
                    zones: [a, b]
                    purchases: [OnDemand, Spot]
                    prices:
                      - {instanceType: small, zone: a, purchase: Spot, usdPerHour: 0.1}
                      - {instanceType: small, purchase: OnDemand, usdPerHour: 7}
                    """)
            .offerings();
    assertThat(offerings)
        .extracting(each -> each.price().usdPerHour())
        .containsExactly(7.0, 0.1, 7.0, 0.5);
  }

  @Test
  void newestReadyNodeBeatsTheCatalogueButNotTheTemplate() {
    Node node =
        new Node(
            new NodeName("n1"),
            Identity.NONE,
            Map.of(
                Keys.INSTANCE_TYPE, "small", Keys.HOSTNAME, "n1", Keys.ZONE, "z", "pool", "blue"),
            Map.of(),
            new Node.Spec(
                List.of(
                    Taint.noSchedule("stays"),
                    Taint.noSchedule("goes"),
                    Taint.noSchedule(Keys.DISRUPTED),
                    Taint.noSchedule("node.kubernetes.io/unschedulable")),
                false,
                ""),
            new Node.Status(
                Resources.of(Map.of("cpu", 1_930L, "memory", 3 * GIB, "pods", 29L)),
                true,
                null,
                Instant.EPOCH,
                null));
    List<Offering> offerings =
        Yaml.ok(
                parse(
                    SIMULATED
                        + """
                        instanceTypes: [small, gpu]
                        template:
                          startupTaints: [{key: goes, effect: NoSchedule}]
                          resources: {memory: 5Gi}
                        """))
            .withTarget(1, node)
            .offerings();
    Offering small = offerings.getFirst();
    assertThat(small.template().allocatable().amounts())
        .isEqualTo(Map.of("cpu", 1_930L, "memory", 5 * GIB, "pods", 29L));
    assertThat(small.template().labels())
        .containsEntry("pool", "blue")
        .containsEntry(Keys.ZONE, "z")
        .doesNotContainKey(Keys.HOSTNAME);
    assertThat(small.template().taints()).containsExactly(Taint.noSchedule("stays"));
    Offering gpu = offerings.getLast();
    assertThat(gpu.template().allocatable().get("cpu")).isEqualTo(8_000);
    assertThat(gpu.template().labels()).doesNotContainKey("pool");
  }

  @Test
  void nodeIsEnoughForAGroupThatSaysNothing() {
    Node node =
        new Node(
            new NodeName("n1"),
            Identity.NONE,
            Map.of(Keys.INSTANCE_TYPE, "odd"),
            Map.of(),
            new Node.Spec(List.of(), false, ""),
            new Node.Status(
                Resources.of(Map.of("cpu", 4_000L, "memory", GIB, "pods", 9L)),
                true,
                null,
                Instant.EPOCH,
                null));
    Offering offering =
        Yaml.ok(parse("nodeSelector: {pool: a}\nminSize: 0\nmaxSize: 2"))
            .withTarget(1, node)
            .offerings()
            .getFirst();
    assertThat(offering.variant().instanceType()).isEqualTo("odd");
    assertThat(offering.template().labels()).containsEntry("pool", "a");
  }

  @Test
  void gpuStackBringsItsStartupTaint() {
    NodeGroup group = group(SIMULATED + "instanceTypes: [gpu]\ngpuStack: standard");
    assertThat(group.settings().gpuStack()).isEqualTo(new GpuStackName("standard"));
    assertThat(group.offerings().getFirst().template().startupTaints())
        .containsExactly(Taint.noSchedule(Keys.GPU_NOT_READY));
  }

  @Test
  void sharingOfTheStackCountsForAGroupThatGrowsFromNothing() {
    GpuStackSpec shared =
        Yaml.ok(
                Yaml.read(
                    GpuStackResource.class,
                    "metadata: {name: shared}\n"
                        + "spec: {devicePlugin: {sharing: {strategy: MPS, replicas: 5}}}"))
            .getSpec();
    NodeGroup group =
        Yaml.ok(parse(SIMULATED + "instanceTypes: [gpu]\ngpuStack: shared"))
            .withStack(shared)
            .withTarget(0);
    assertThat(group.offerings().getFirst().template().allocatable().get(Resources.NVIDIA_GPU))
        .isEqualTo(20);
  }

  @Test
  void nodeWhoseGpusAreNotUpYetDoesNotHideThem() {
    for (Taint taint : List.of(Taint.noSchedule(Keys.GPU_NOT_READY), Taint.noSchedule("other"))) {
      Node booting =
          new Node(
              new NodeName("n1"),
              Identity.NONE,
              Map.of(Keys.INSTANCE_TYPE, "gpu"),
              Map.of(),
              new Node.Spec(List.of(taint), false, ""),
              new Node.Status(
                  Resources.of(Map.of("cpu", 7_900L, "memory", 7 * GIB, "pods", 50L)),
                  true,
                  null,
                  Instant.EPOCH,
                  null));
      Offering offering =
          Yaml.ok(parse(SIMULATED + "instanceTypes: [gpu]"))
              .withTarget(1, booting)
              .offerings()
              .getFirst();
      assertThat(offering.template().allocatable().get(Resources.NVIDIA_GPU)).isEqualTo(4);
    }
  }

  @Test
  void settingsComeFromTheSpec() {
    NodeGroup group =
        group(
            SIMULATED
                + """
                priority: 4
                scaleUp: {provisionTimeout: 20m}
                scaleDown: {enabled: false, unneededTime: 1h30m, utilizationThreshold: 0.3}
                dryRun: true
                """);
    assertThat(group.size()).isEqualTo(new NodeGroup.Size(1, 9, 3));
    assertThat(group.settings())
        .isEqualTo(
            new NodeGroup.Settings(
                NodeGroup.Mode.DRY_RUN,
                4,
                null,
                new NodeGroup.ScaleDownOverride(false, Duration.ofMinutes(90), 0.3),
                Duration.ofMinutes(20)));
    assertThat(group(SIMULATED + "paused: true\ndryRun: true").settings().mode())
        .isEqualTo(NodeGroup.Mode.PAUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{aws: {autoScalingGroup: web, region: eu-west-1}} | aws | web | eu-west-1",
        "{aws: {autoScalingGroup: web}} | aws | web | ''",
        "{azure: {resourceGroup: rg, scaleSet: set}} | azure | rg/set | ''",
        "{azure: {resourceGroup: rg, cluster: c, nodePool: p}} | azure | rg/c/p | ''",
        "{gcp: {project: p, location: us-west1-b, instanceGroupManager: m}} |"
            + " gcp | p/us-west1-b/m | us-west1",
        "{gcp: {location: us-west1, instanceGroupManager: m}} | gcp | /us-west1/m | us-west1",
        "{simulated: {group: g}} | simulated | g | ''",
      })
  void providerIsNamedAsItsCloudNamesIt(String yaml, String kind, String id, String region) {
    NodeGroupDefinition definition =
        Yaml.ok(parse("provider: " + yaml + "\nminSize: 0\nmaxSize: 1"));
    assertThat(definition.provider()).isEqualTo(new ProviderReference(kind, id, region));
    assertThat(definition.reference().orElseThrow().cloudId()).isEqualTo(id);
  }

  @Test
  void groupWithoutACloudHasNoReference() {
    assertThat(Yaml.ok(parse("nodeSelector: {a: b}\nminSize: 0\nmaxSize: 1")).reference())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minSize: 5 | spec.maxSize",
        "minSize: -1 | spec.minSize",
        "minSize: '1' | spec.minSize",
        "minSize: 1.5 | spec.minSize",
        "maxSizes: 3 | spec.maxSizes",
        "provider: {} | spec.provider",
        "provider: {aws: {autoScalingGroup: a}, simulated: {group: g}} | spec.provider",
        "provider: {aws: {}} | spec.provider.aws.autoScalingGroup",
        "provider: {azure: {resourceGroup: g, cluster: c}} | spec.provider.azure",
        "provider: {azure: {resourceGroup: g, scaleSet: s, nodePool: p}} | spec.provider.azure",
        "provider: {aws: {autoScalingGroup: ''}} | spec.provider.aws.autoScalingGroup",
        "purchases: [Reserved] | spec.purchases[0]",
        "zones: a | spec.zones",
        "zones: [1] | spec.zones[0]",
        "priority: high | spec.priority",
        "gpuStack: Not_A_Name | spec.gpuStack",
        "scaleUp: {provisionTimeout: 15} | spec.scaleUp.provisionTimeout",
        "scaleUp: {provisionTimeout: PT5M} | spec.scaleUp.provisionTimeout",
        "scaleUp: {provisionTimeout: 0s} | spec.scaleUp.provisionTimeout",
        "scaleDown: {utilizationThreshold: 1.5} | spec.scaleDown.utilizationThreshold",
        "scaleDown: {enabled: yes please} | spec.scaleDown.enabled",
        "template: {labels: {'a b': c}} | spec.template.labels[a b]",
        "template: {resources: {cpu: lots}} | spec.template.resources.cpu",
        "template: {resources: {memory: -1Gi}} | spec.template.resources.memory",
        "template: {taints: [{key: a, effect: Sometimes}]} | spec.template.taints[0].effect",
        "template: {taints: [{effect: NoSchedule}]} | spec.template.taints[0].key",
        "prices: [{instanceType: a, usdPerHour: -1}] | spec.prices[0].usdPerHour",
      })
  void badFieldIsNamed(String line, String field) {
    String key = line.substring(0, line.indexOf(':'));
    String others =
        """
        provider: {simulated: {group: g}}
        minSize: 0
        maxSize: 3
        """
            .replaceFirst("(?m)^" + key + ":.*\n", "");
    assertThat(Yaml.fields(parse(others + line))).containsExactly(field);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            Yaml.fields(
                parse(
                    """
                    minSize: 4
                    maxSize: 2
                    gpuStack: NOT
                    scaleDown: {unneededTime: 0s}
                    template: {resources: {cpu: x, memory: y}}
                    """)))
        .containsExactlyInAnyOrder(
            "spec.maxSize",
            "spec.provider",
            "spec.gpuStack",
            "spec.template.resources.cpu",
            "spec.template.resources.memory");
  }

  @Test
  void missingSpecIsAProblemAndNoException() {
    assertThat(Yaml.fields(NodeGroupMapping.parse(new NodeGroupResource(), CATALOGUE)))
        .containsExactly("metadata.name", "spec");
  }
}
