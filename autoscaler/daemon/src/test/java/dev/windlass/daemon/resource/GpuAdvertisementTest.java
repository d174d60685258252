package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.catalogue.GpuModel;
import dev.windlass.gpu.catalogue.MigProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuAdvertisementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // stack | devices | GiB of each | resource | amount
        "{} | 8 | 80 | nvidia.com/gpu | 8",
        "{devicePlugin: {sharing: {strategy: Exclusive, replicas: 3}}} | 4 | 80 | nvidia.com/gpu |"
            + " 4",
        "{devicePlugin: {sharing: {strategy: TimeSlicing, replicas: 4}}} | 2 | 24 | nvidia.com/gpu"
            + " | 8",
        "{devicePlugin: {sharing: {strategy: MPS, replicas: 10}}} | 1 | 24 | nvidia.com/gpu | 10",
        "{devicePlugin: {mig: {strategy: None, profile: all-1g.10gb}}} | 8 | 80 | nvidia.com/gpu |"
            + " 8",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}} | 8 | 80 | nvidia.com/gpu"
            + " | 56",
        "{devicePlugin: {mig: {strategy: Mixed, profile: all-1g.10gb}}} | 1 | 80 |"
            + " nvidia.com/mig-1g.10gb | 7",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.20gb}}} | 1 | 80 | nvidia.com/gpu"
            + " | 4",
        "{devicePlugin: {mig: {strategy: Single, profile: all-3g.40gb}}} | 1 | 80 | nvidia.com/gpu"
            + " | 2",
        "{devicePlugin: {mig: {strategy: Single, profile: all-7g.80gb}}} | 1 | 80 | nvidia.com/gpu"
            + " | 1",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}} | 1 | 40 | nvidia.com/gpu"
            + " | 4",
        "{devicePlugin: {mig: {strategy: Single, profile: all-3g.71gb}}} | 1 | 141 | nvidia.com/gpu"
            + " | 2",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.6gb}}} | 1 | 24 | nvidia.com/gpu |"
            + " 4",
      })
  void devicesAreCountedAsTheyWillBeAdvertised(
      String stack, int devices, long gib, String resource, long amount) {
    GpuStackSpec spec =
        Yaml.ok(Yaml.read(GpuStackResource.class, "metadata: {name: s}\nspec: " + stack)).getSpec();
    assertThat(
            GpuAdvertisement.of(spec, new InstanceType.Gpu("nvidia-x", devices, gib * 1024))
                .amounts())
        .containsExactly(Map.entry(resource, amount));
  }

  @Test
  void partitionsAgreeWithTheCatalogueOfEveryModel() {
    List<GpuModel> partitioned =
        GpuCatalogue.builtIn().models().stream()
            .filter(model -> !model.migProfiles().isEmpty())
            .toList();
    assertThat(partitioned).hasSizeGreaterThan(5);
    for (GpuModel model : partitioned) {
      for (MigProfile profile : model.migProfiles()) {
        GpuStackSpec.Mig mig =
            new GpuStackSpec.Mig(GpuStackSpec.MigStrategy.Mixed, "all-" + profile.name());
        GpuStackSpec spec =
            new GpuStackSpec(
                null,
                null,
                new GpuStackSpec.DevicePlugin(null, mig, null),
                null,
                null,
                null,
                null,
                null,
                null);
        InstanceType.Gpu gpu = new InstanceType.Gpu("nvidia-x", 1, model.memoryGib() * 1024L);
        assertThat(GpuAdvertisement.of(spec, gpu).amounts())
            .as("%s %s", model.name(), profile.name())
            .containsExactly(Map.entry(profile.resource(), (long) profile.instances()));
      }
    }
  }
}
