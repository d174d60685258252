package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "cpu, 2, 2000",
    "cpu, 1.5, 1500",
    "cpu, 250m, 250",
    "memory, 1Ki, 1024",
    "memory, 16Gi, 17179869184",
    "memory, 1500k, 1500000",
    "ephemeral-storage, 1Ti, 1099511627776",
    "nvidia.com/gpu, 8, 8",
    "example.com/part, 0.5, 1"
  })
  void areInTheUnitOfTheirResource(String resource, String text, long amount) {
    assertThat(Amounts.of(resource, text)).isEqualTo(amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "-1", "1e3", "2 Gi", "Gi"})
  void areQuantities(String text) {
    assertThatThrownBy(() -> Amounts.of("cpu", text)).isInstanceOf(IllegalArgumentException.class);
  }
}
