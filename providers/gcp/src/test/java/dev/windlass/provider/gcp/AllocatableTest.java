package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.Accelerators;
import com.google.cloud.compute.v1.MachineType;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GKE's documented reservations, and what a template's kube-env says instead. */
class AllocatableTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({
    "1, false, 60",
    "2, false, 70",
    "4, false, 80",
    "8, false, 90",
    "96, false, 310",
    "2, true, 1060"
  })
  void keepsProcessorTime(int cores, boolean shared, long milli) {
    assertThat(Allocatable.reservedCpuMilli(cores, shared)).isEqualTo(milli);
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 255",
    "1, 255",
    "2, 512",
    "4, 1024",
    "8, 1843",
    "16, 2662",
    "128, 9543",
    "256, 12165"
  })
  void keepsMemory(double gib, long mib) {
    assertThat(Allocatable.reservedMemory(Math.round(gib * GIB))).isEqualTo(mib * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "2, other, amd64, 56",
    "4, other, amd64, 152",
    "16, other, amd64, 336",
    "16, ubuntu, amd64, 369",
    "256, cos, amd64, 4424"
  })
  void kernelTakesItsShare(int gib, String distribution, String arch, long mib) {
    assertThat(Math.round(Allocatable.kernelMemory(gib * GIB, distribution, arch) / (double) MIB))
        .isEqualTo(mib);
  }

  @ParameterizedTest
  @CsvSource({"20, 10", "100, 41", "1000, 100"})
  void keepsBootDisk(long gib, long reservedGib) {
    assertThat(Allocatable.reservedBootDisk(gib * GIB)).isEqualTo(reservedGib * GIB);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 50", "2, 75", "3, 100", "8, 100"})
  void keepsLocalDisks(int disks, long reservedGib) {
    assertThat(Allocatable.reservedLocalSsd(disks)).isEqualTo(reservedGib * GIB);
  }

  @Test
  void countsEveryGpuOfABuiltInAccelerator() {
    MachineType h100 =
        type("a3-highgpu-8g", 208, 1_916_928)
            .addAccelerators(
                Accelerators.newBuilder()
                    .setGuestAcceleratorType("nvidia-h100-80gb")
                    .setGuestAcceleratorCount(8))
            .build();

    assertThat(described("", h100).gpu()).isEqualTo(new Gpu("nvidia-h100-80gb", 8, 81_920));
    assertThat(described("", h100).capacity().get(Resources.NVIDIA_GPU)).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"1g.5gb, 14", "2g.10gb, 6", "3g.20gb, 4", "7g.40gb, 2"})
  void countsPartitionsOfGpus(String partition, int count) {
    MachineType a100 =
        type("a2-highgpu-2g", 24, 174_080)
            .addAccelerators(
                Accelerators.newBuilder()
                    .setGuestAcceleratorType("nvidia-tesla-a100")
                    .setGuestAcceleratorCount(2))
            .build();
    String kubeEnv =
        "AUTOSCALER_ENV_VARS: node_labels=cloud.google.com/gke-gpu-partition-size=" + partition;

    assertThat(described(kubeEnv, a100).gpu().count()).isEqualTo(count);
  }

  @Test
  void aTemplateSaysMoreThanFormulas() {
    String kubeEnv =
        """
        ALLOCATE_NODE_CIDRS: "true"
        AUTOSCALER_ENV_VARS: "node_labels=team=ml,tier=a;node_taints=dedicated=ml:NoSchedule,odd;\
        kube_reserved=cpu=120m,memory=1Gi,ephemeral-storage=10Gi;evictionHard=memory.available<200Mi,\
        nodefs.available<10%;os=linux;arch=arm64;os_distribution=other;extended_resources=example.com/dongle=2"
        KUBELET_ARGS: --v=2 --max-pods=64 --serialize
        """;

    Described node = described(kubeEnv, type("t2a-standard-4", 4, 16_384).build());

    assertThat(node.labels())
        .containsEntry("team", "ml")
        .containsEntry("tier", "a")
        .containsEntry("kubernetes.io/arch", "arm64")
        .containsEntry("topology.kubernetes.io/region", "us-central1");
    assertThat(node.taints())
        .containsExactly(new Taint("dedicated", "ml", Taint.Effect.NO_SCHEDULE));
    assertThat(node.allocatable())
        .isEqualTo(
            Resources.of(
                Map.of(
                    Resources.CPU,
                    3_880L,
                    Resources.MEMORY,
                    (16_384 - 336 - 1_024 - 200) * MIB,
                    Resources.PODS,
                    64L,
                    Resources.EPHEMERAL_STORAGE,
                    80 * GIB,
                    "example.com/dongle",
                    2L)));
    assertThat(node.provenance()).containsEntry("allocatable", Provenance.TEMPLATE);
    assertThat(node.capacity().get(Resources.CPU)).isEqualTo(4_000);
  }

  private static MachineType.Builder type(String name, int cpus, int memoryMib) {
    return MachineType.newBuilder().setName(name).setGuestCpus(cpus).setMemoryMb(memoryMib);
  }

  private static Described described(String kubeEnv, MachineType type) {
    InstanceTemplates.Plan plan =
        new InstanceTemplates.Plan(
            type.getName(), type.getName(), Purchase.ON_DEMAND, "", 0, Map.of(), kubeEnv, 100);
    KubeEnv parsed = new KubeEnv(kubeEnv);
    return new NodeShape(plan, parsed, parsed.maxPods().orElse(NodeShape.USUAL_MAX_PODS))
        .described(new Variant(type.getName(), Connection.ZONE, Purchase.ON_DEMAND), type);
  }
}
