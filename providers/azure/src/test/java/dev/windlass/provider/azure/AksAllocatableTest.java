package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of AKS's documentation for 1.29 and later. */
class AksAllocatableTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({"1,60", "2,100", "4,140", "8,180", "16,260", "32,420", "64,740"})
  void reservesCores(int cores, long millis) {
    assertThat(AksAllocatable.reservedMillis(cores)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 110, 2250000000",
    "8, 30, 650000000",
    "4, 110, 1073741824",
    "64, 250, 5050000000"
  })
  void reservesMemory(long gib, int maxPods, long bytes) {
    assertThat(AksAllocatable.reservedMemory(gib * GIB, maxPods)).isEqualTo(bytes);
  }

  @Test
  void leavesTheRestToPods() {
    Resources left = AksAllocatable.of(4, 16 * GIB, 128 * GIB, 110);

    assertThat(left.get(Resources.CPU)).isEqualTo(3_860);
    assertThat(left.get(Resources.MEMORY)).isEqualTo(16 * GIB - 2_250_000_000L - (100L << 20));
    assertThat(left.get(Resources.PODS)).isEqualTo(110);
  }
}
