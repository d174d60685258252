package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemandTextTest {
  @Test
  void comesBackAsItWas() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int[] replicas =
          random.ints(random.nextInt(900), 0, round % 2 == 0 ? 20 : Integer.MAX_VALUE).toArray();
      assertThat(DemandText.parse(DemandText.of(replicas))).hasValue(replicas);
    }
  }

  @Test
  void threeDaysOfCalmLoadAreShort() {
    int[] replicas = new Random(7).ints(864, 40, 60).toArray();
    assertThat(DemandText.of(replicas)).hasSizeLessThan(1200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no base64!", // characters that base64 does not have
        "gA==", // a number that goes on after the end
        "AQ==", // below zero: the first difference is -1
        "gICAgICAAQ==", // a number of more than 32 bits
      })
  void refusesWhatIsNotOfThisForm(String text) {
    assertThat(DemandText.parse(text)).isEmpty();
  }

  @Test
  void refusesMoreStepsThanAnyHistoryHas() {
    assertThat(DemandText.parse(DemandText.of(new int[4096]))).isPresent();
    assertThat(DemandText.parse(DemandText.of(new int[4097]))).isEmpty();
  }
}
