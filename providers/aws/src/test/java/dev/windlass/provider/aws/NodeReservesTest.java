package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of EKS's node bootstrap, on machines that are known. */
class NodeReservesTest {
  @ParameterizedTest
  @CsvSource({
    "m5.large, 2, 3, 10, 29, 70, 574",
    "m5.xlarge, 4, 4, 15, 58, 80, 893",
    "g5.xlarge, 4, 4, 15, 58, 80, 893",
    "m5.2xlarge, 8, 4, 15, 58, 90, 893",
    "p5.48xlarge, 192, 2, 50, 100, 550, 1355"
  })
  void areThoseOfTheDocumentedFormulas(
      String type, int cores, int interfaces, int addresses, int pods, long cpu, long memory) {
    int maxPods = NodeReserves.maxPods(interfaces, addresses);

    assertThat(NodeReserves.of(cores, maxPods)).isEqualTo(new NodeReserves(pods, cpu, memory));
  }

  @ParameterizedTest
  @CsvSource({"58, 4, 58", "234, 16, 110", "234, 30, 234", "737, 96, 250"})
  void managedNodeGroupsCapThePods(int pods, int cores, int capped) {
    assertThat(NodeReserves.managedMaxPods(pods, cores)).isEqualTo(capped);
  }

  @Test
  void leaveTheEvictionThresholdsToNobody() {
    Resources capacity =
        Resources.of(
            Map.of(
                Resources.CPU, 4_000L,
                Resources.MEMORY, 16L << 30,
                Resources.EPHEMERAL_STORAGE, 20L << 30));

    Resources allocatable = NodeReserves.of(4, 58).allocatable(capacity);

    assertThat(allocatable.get(Resources.CPU)).isEqualTo(3_920);
    assertThat(allocatable.get(Resources.MEMORY)).isEqualTo((16_384L - 893 - 100) << 20);
    assertThat(allocatable.get(Resources.EPHEMERAL_STORAGE)).isEqualTo(17L << 30);
  }

  @ParameterizedTest
  @CsvSource({"16384, false, 15155", "4096, true, 3729"})
  void aMachineReportsLessMemoryThanEc2Names(long named, boolean isArm, long reported) {
    assertThat(NodeReserves.capacityBytes(named, isArm)).isEqualTo(reported << 20);
  }
}
