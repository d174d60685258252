package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.catalogue.InstanceType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuAdvertisementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // stack | devices | GiB of each | resource | amount
        "{} | 8 | 80 | nvidia.com/gpu | 8",
        "{devicePlugin: {resource: amd.com/gpu}} | 4 | 80 | amd.com/gpu | 4",
        "{devicePlugin: {sharing: {strategy: Exclusive, replicas: 3}}} | 4 | 80 | nvidia.com/gpu | 4",
        "{devicePlugin: {sharing: {strategy: TimeSlicing, replicas: 4}}} | 2 | 24 | nvidia.com/gpu | 8",
        "{devicePlugin: {sharing: {strategy: MPS, replicas: 10}}} | 1 | 24 | nvidia.com/gpu | 10",
        "{devicePlugin: {mig: {strategy: None, profile: all-1g.10gb}}} | 8 | 80 | nvidia.com/gpu | 8",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}} | 8 | 80 | nvidia.com/gpu | 56",
        "{devicePlugin: {mig: {strategy: Mixed, profile: all-1g.10gb}}} | 1 | 80 | nvidia.com/mig-1g.10gb | 7",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.20gb}}} | 1 | 80 | nvidia.com/gpu | 4",
        "{devicePlugin: {mig: {strategy: Single, profile: all-3g.40gb}}} | 1 | 80 | nvidia.com/gpu | 2",
        "{devicePlugin: {mig: {strategy: Single, profile: 7g.80gb}}} | 1 | 80 | nvidia.com/gpu | 1",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}} | 1 | 40 | nvidia.com/gpu | 4",
        "{devicePlugin: {mig: {strategy: Single, profile: all-3g.71gb}}} | 1 | 141 | nvidia.com/gpu | 2",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.6gb}}} | 1 | 24 | nvidia.com/gpu | 4",
      })
  void devicesAreCountedAsTheyWillBeAdvertised(
      String stack, int devices, long gib, String resource, long amount) {
    GpuStackSpec spec =
        Yaml.ok(Yaml.read(GpuStackResource.class, "metadata: {name: s}\nspec: " + stack)).getSpec();
    assertThat(
            GpuAdvertisement.of(spec, new InstanceType.Gpu("nvidia-x", devices, gib * 1024))
                .amounts())
        .containsExactly(java.util.Map.entry(resource, amount));
  }
}
