package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Device;
import dev.windlass.core.model.DeviceCapacity;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.gpu.catalogue.GpuInstance;
import dev.windlass.gpu.catalogue.GpuInstances;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of GPU nodes of a group at size zero. */
class GpuPromiseTest {
  static Stream<GpuInstance> instances() {
    return GpuInstances.all().stream();
  }

  @ParameterizedTest
  @MethodSource("instances")
  void advertisesTheDevicesOfEveryRowOfTheTable(GpuInstance instance) {
    Offering offering = offering(instance.cloud(), instance.type(), "{}");

    assertThat(offering.template().allocatable().get("nvidia.com/gpu"))
        .isEqualTo(instance.devices());
    assertThat(offering.obstacle()).isNull();
    assertThat(offering.template().labels())
        .containsEntry("nvidia.com/gpu.count", String.valueOf(instance.devices()))
        .containsEntry(
            "nvidia.com/gpu.compute.major",
            instance.model().computeCapability().split("\\.", 2)[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{driver: {source: Container, branch: '535'}} | 535 | 12 | 2",
        "{driver: {source: Container}}                | 580 | 13 | 0",
        "{driver: {branch: '595'}}                    | 595 | 13 | 2",
        "{}                                           |     |    |",
      })
  void promisesTheCudaThatTheDriverRuns(
      String stack, @Nullable String driver, @Nullable String major, @Nullable String minor) {
    Offering offering = offering("aws", "g6.xlarge", stack);

    assertThat(offering.template().labels().get("nvidia.com/cuda.driver-version.major"))
        .isEqualTo(driver);
    assertThat(offering.template().labels().get("nvidia.com/cuda.runtime-version.major"))
        .isEqualTo(major);
    assertThat(offering.template().labels().get("nvidia.com/cuda.runtime-version.minor"))
        .isEqualTo(minor);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g6.xlarge     | {devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}} | cannot"
            + " be partitioned",
        "p4d.24xlarge  | {devicePlugin: {mig: {strategy: Single, profile: all-1g.34gb}}} | A100-40"
            + " has no MIG profile",
        "p3.2xlarge    | {driver: {source: Container, branch: '595'}} | no branch after 580",
        "p3.2xlarge    | {driver: {kernelModule: Open}} | proprietary modules only",
        "g6.xlarge     | {driver: {source: Container, kernel: 6.8.0-1-gke}} | no headers",
        "p6-b200.48xlarge | {driver: {kernelModule: Proprietary}} | open modules only",
      })
  void refusesTypesThatTheStackCannotWorkOn(String type, String stack, String reason) {
    Offering.Obstacle obstacle = offering("aws", type, stack).obstacle();

    assertThat(Objects.requireNonNull(obstacle).passing()).isFalse();
    assertThat(obstacle.message()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{driver: {source: Container, operatingSystem: amzn2023}} | spec.driver.operatingSystem",
        "{devicePlugin: {mode: DynamicResources, sharing: {strategy: TimeSlicing, replicas: 2}}} |"
            + " spec.devicePlugin.sharing.strategy",
        "{devicePlugin: {sharing: {strategy: MPS, replicas: 2}, mig: {strategy: Single, profile:"
            + " all-1g.10gb}}} | spec.devicePlugin.sharing.strategy",
      })
  void refusesStacksThatCannotWorkAnywhere(String stack, String field) {
    assertThat(
            Yaml.fields(
                Yaml.read(GpuStackResource.class, "metadata: {name: s}\nspec: " + stack)
                    .then(GpuStackMapping::parse)))
        .contains(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p5.48xlarge | {devicePlugin: {mode: DynamicResources}} | 8 | gpu | 80",
        "g6.xlarge   | {devicePlugin: {mode: DynamicResources}} | 1 | gpu | 24",
        "p5.48xlarge | {devicePlugin: {mode: DynamicResources, mig: {strategy: Mixed, profile:"
            + " all-1g.10gb}}} | 56 | mig | 10",
      })
  void knowsTheDevicesThatPodsMayClaim(String type, String stack, int count, String kind, int gib) {
    Offering offering = offering("aws", type, stack);

    assertThat(offering.template().allocatable().get("nvidia.com/gpu")).isZero();
    assertThat(offering.template().slices())
        .singleElement()
        .satisfies(slice -> {
          assertThat(slice.pool().driver()).isEqualTo("gpu.nvidia.com");
          assertThat(slice.devices())
              .hasSize(count)
              .allMatch(
                  each -> new Device.Attribute.Text(kind).equals(each.attributes().get("type")))
              .allMatch(each ->
                  DeviceCapacity.of(gib * (1L << 30)).equals(each.capacity().get("memory")));
        });
  }

  @Test
  void decidesAMixedGroupTypeByType() {
    NodeGroup group =
        group(
            "aws",
            "[p4d.24xlarge, g6.xlarge, p5.48xlarge]",
            "{devicePlugin: {mig: {strategy: Mixed, profile: all-3g.40gb}}}");

    List<String> open =
        group.offerings().stream()
            .filter(each -> each.obstacle() == null)
            .map(each -> each.variant().instanceType())
            .toList();

    assertThat(open).containsExactly("p5.48xlarge");
  }

  private static Offering offering(String cloud, String type, String stack) {
    return group(cloud, "[" + type + "]", stack).offerings().getFirst();
  }

  private static NodeGroup group(String cloud, String types, String stack) {
    String provider =
        switch (cloud) {
          case "aws" -> "aws: {autoScalingGroup: g, region: us-east-1}";
          case "azure" -> "azure: {resourceGroup: r, scaleSet: s, region: eastus}";
          default -> "gcp: {project: p, location: us-central1-a, instanceGroupManager: g}";
        };
    String yaml =
        """
        metadata: {name: gpu}
        spec:
          minSize: 0
          maxSize: 3
          provider: {%s}
          zones: [z]
          instanceTypes: %s
          gpuStack: s
          template: {resources: {cpu: "8", memory: 64Gi}}
        """
            .formatted(provider, types);
    GpuStackSpec spec =
        Yaml.ok(Yaml.read(GpuStackResource.class, "metadata: {name: s}\nspec: " + stack)).getSpec();
    return Yaml.ok(
            Yaml.read(NodeGroupResource.class, yaml)
                .then(each -> NodeGroupMapping.parse(each, InstanceCatalogue.bundled())))
        .withStack(spec)
        .group();
  }
}
