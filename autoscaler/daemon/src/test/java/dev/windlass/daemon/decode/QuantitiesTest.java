package dev.windlass.daemon.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest(name = "{0} is {1} thousandths and {2} units")
  @CsvSource({
    "0, 0, 0",
    "1, 1000, 1",
    "100m, 100, 1",
    "1500m, 1500, 2",
    "1.5, 1500, 2",
    ".5, 500, 1",
    "5., 5000, 5",
    "+2, 2000, 2",
    "-1, -1000, -1",
    "1n, 1, 1",
    "1000001n, 2, 1",
    "1u, 1, 1",
    "2k, 2000000, 2000",
    "1Ki, 1024000, 1024",
    "1.5Gi, 1610612736000, 1610612736",
    "2M, 2000000000, 2000000",
    "1e3, 1000000, 1000",
    "1E3, 1000000, 1000",
    "12e-1, 1200, 2",
    "1Ei, 9223372036854775807, 1152921504606846976",
    "9E, 9223372036854775807, 9000000000000000000",
    "100E, 9223372036854775807, 9223372036854775807",
    "1e400, 9223372036854775807, 9223372036854775807",
  })
  void readsEveryFormAndRoundsUp(String text, long milli, long units) {
    assertThat(Quantities.milli(text)).hasValue(milli);
    assertThat(Quantities.units(text)).hasValue(units);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "one", "1 Gi", "1KI", "1ki", "1mi", "--1", "1e", "1e9999", "0x10", "1,5"})
  void refusesWhatIsNoQuantity(String text) {
    assertThat(Quantities.parse(text)).isEmpty();
    assertThat(Quantities.milli(text)).isEmpty();
    assertThat(Quantities.units(text)).isEmpty();
  }

  @Test
  void unitsAreTheCeilingOfThousandths() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      long milli = random.nextLong(1_000_000_000L);
      String text = BigDecimal.valueOf(milli, 3).toPlainString();
      assertThat(Quantities.milli(text)).as("seed %d, %s", seed, text).hasValue(milli);
      assertThat(Quantities.units(text))
          .as("seed %d, %s", seed, text)
          .hasValue(Math.ceilDiv(milli, 1_000));
      assertThat(Quantities.milli(milli + "m")).hasValue(milli);
    }
  }
}
