package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT90S",
    "10m, PT10M",
    "1h30m, PT1H30M",
    "250ms, PT0.25S",
    "0s, PT0S",
    "1m250ms, PT1M0.25S"
  })
  void durationIsReadAsGoWritesIt(String text, String expected) {
    assertThat(Texts.duration(text)).contains(Duration.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "PT5M", "5 m", "-1s", "1.5h", "5d", "m", "99999999999s"})
  void otherTextIsNoDuration(String text) {
    assertThat(Texts.duration(text)).isEmpty();
  }

  @Test
  void durationSurvivesWritingAndReading() {
    long seed = 20_260_101L;
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << 40));
      assertThat(Texts.duration(Texts.text(duration))).as("seed %d", seed).contains(duration);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "250m, 250", "1.5, 1500", "0, 0", "100u, 1", "2k, 2000000"})
  void milliAreRoundedUp(String text, long expected) {
    assertThat(Texts.milli(new Quantity(text))).hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({"1Gi, 1073741824", "1G, 1000000000", "1500m, 2", "1e3, 1000", "-1, -1"})
  void unitsAreRoundedUp(String text, long expected) {
    assertThat(Texts.units(new Quantity(text))).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "1Q", "99999999999999999999"})
  void otherTextIsNoQuantity(String text) {
    assertThat(Texts.units(new Quantity(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "unneededtime, unneededTime",
    "uneededTime, unneededTime",
    "maxSizes, maxSize",
    "mni, min",
    "colour, ''",
    "xyz, ''"
  })
  void nearWordIsSuggested(String word, String expected) {
    List<String> known = List.of("unneededTime", "maxSize", "min");
    assertThat(Suggestion.nearest(word, known).orElse("")).isEqualTo(expected);
  }
}
