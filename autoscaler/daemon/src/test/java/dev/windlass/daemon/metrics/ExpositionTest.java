package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.metrics.Exposition.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
  private static final Set<String> DEPTH = Set.of("depth");

  @Test
  void readsTheSeriesOfTheNamesThatAreAskedFor() {
    String page =
        """
        # HELP depth of the queue
        # TYPE depth gauge
        depth{queue="a"} 3
        depth{queue="b",} 4.5 1700000000000
        depth_total 9
        other{broken 1
        hits 7 # {trace="x"} 1
        """;

    assertThat(Exposition.read(page, Set.of("depth", "hits")))
        .contains(
            Map.of(
                "depth",
                List.of(new Series(Map.of("queue", "a"), 3), new Series(Map.of("queue", "b"), 4.5)),
                "hits",
                List.of(new Series(Map.of(), 7))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "depth 1 | 1",
        "depth{} 1 | 1",
        "depth\t{ } 1e3 | 1000",
        "depth +Inf | Infinity",
        "depth NaN | NaN",
        "depth -2 | -2",
      })
  void readsValues(String line, double value) {
    assertThat(Exposition.read(line, DEPTH).orElseThrow().get("depth"))
        .containsExactly(new Series(Map.of(), value));
  }

  @Test
  void undoesEscapes() {
    String line = "depth{path=\"C:\\\\a\\\"b\\nc}\", x=\"\"} 1";

    assertThat(Exposition.read(line, DEPTH).orElseThrow().get("depth"))
        .containsExactly(new Series(Map.of("path", "C:\\a\"b\nc}", "x", ""), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "depth",
        "depth one",
        "depth{queue=\"a\" 1",
        "depth{queue=\"a} 1",
        "depth{queue=a} 1",
        "depth{queue} 1",
        "depth{=\"a\"} 1",
        "depth{a=\"1\",a=\"2\"} 1",
        "depth{a=\"1\" b=\"2\"} 1",
        "depth{a=\"1\\",
        "depth 0x1p3",
      })
  void refusesAPageWhereALineThatIsAskedForIsMalformed(String line) {
    assertThat(Exposition.read("depth 1\n" + line, DEPTH)).isEqualTo(Optional.empty());
  }

  @Test
  void refusesMoreSeriesThanTheBound() {
    String most = "depth 1\n".repeat(Exposition.MAX_SERIES);

    assertThat(Exposition.read(most, DEPTH)).isPresent();
    assertThat(Exposition.read(most + "depth 1", DEPTH)).isEmpty();
  }
}
