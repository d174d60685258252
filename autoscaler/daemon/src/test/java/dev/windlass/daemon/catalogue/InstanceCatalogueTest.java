package dev.windlass.daemon.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceCatalogueTest {
  private static final long MIB = 1L << 20;
  private static final InstanceCatalogue CATALOGUE = InstanceCatalogue.bundled();

  @ParameterizedTest
  @CsvSource({
    // cloud, region, type, cpu milli, memory MiB, pods: AWS as its own source says
    "aws, us-east-1, a1.large, 1930, 3055, 29",
    "aws, us-east-1, g4ad.2xlarge, 7910, 29867, 8",
    // AKS 1.29: 2 cores keep 100 milli; a quarter of 4 GiB and 100 MiB go
    "azure, eastus, Standard_A2_v2, 1900, 2972, 110",
  })
  void allocatableIsThatOfTheSources(
      String cloud, String region, String type, long cpu, long memoryMib, long pods) {
    Resources allocatable = CATALOGUE.find(cloud, region, type).orElseThrow().allocatable();
    assertThat(allocatable.get(Resources.CPU)).isEqualTo(cpu);
    assertThat(allocatable.get(Resources.MEMORY)).isEqualTo(memoryMib * MIB);
    assertThat(allocatable.get(Resources.PODS)).isEqualTo(pods);
  }

  @Test
  void pricesAndGpusAreThoseOfTheSources() {
    InstanceType type = CATALOGUE.find("gcp", "us-central1", "a2-highgpu-2g").orElseThrow();
    assertThat(type.gpu()).isEqualTo(new InstanceType.Gpu("nvidia-a100", 2, 40 * 1024));
    assertThat(type.price(Purchase.ON_DEMAND).microsPerHour()).isEqualTo(7_346_770);
    assertThat(type.price(Purchase.SPOT).microsPerHour()).isEqualTo(3_856_040);
    assertThat(type.architecture()).isEqualTo("amd64");
  }

  @Test
  void spotPriceIsUnknownWhereNoSourceNamesOne() {
    InstanceType type = CATALOGUE.find("azure", "eastus", "Standard_A2_v2").orElseThrow();
    assertThat(type.spot().known()).isFalse();
  }

  @Test
  void sliceOfAGpuCountsAsOne() {
    assertThat(CATALOGUE.find("aws", "us-east-1", "g6f.large").orElseThrow().gpu())
        .extracting(InstanceType.Gpu::count)
        .isEqualTo(1);
  }

  @Test
  void otherRegionStandsInAndSaysSo() {
    InstanceType type = CATALOGUE.find("aws", "eu-west-1", "m5.large").orElseThrow();
    assertThat(type.name().region()).isEqualTo("us-east-1");
  }

  @Test
  void simulatedCloudSellsEverything() {
    assertThat(CATALOGUE.find("simulated", "", "m5.large")).isPresent();
    assertThat(CATALOGUE.find("", "", "n2-standard-4")).isPresent();
    assertThat(CATALOGUE.find("azure", "", "m5.large")).isEmpty();
    assertThat(InstanceCatalogue.EMPTY.find("aws", "", "m5.large")).isEmpty();
  }

  @Test
  void reservationsFollowTheDocumentedVectors() {
    Map<String, Long> gke = Reservations.allocatable("gcp", 4, 16).amounts();
    assertThat(gke).containsEntry(Resources.CPU, 3_920L);
    // Of 16,384 MiB the kernel keeps 272, GKE 2,662.4, and 100 are for eviction.
    assertThat(gke).containsEntry(Resources.MEMORY, 13_349 * MIB);
    assertThat(Reservations.allocatable("azure", 64, 256).amounts())
        .containsEntry(Resources.CPU, 64_000L - 740);
  }

  @Test
  void everyTypeHoldsSomethingAndCostsSomething() {
    assertThat(CATALOGUE.size()).isGreaterThan(3_000);
  }
}
