package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodScrape;
import dev.windlass.daemon.metrics.Exposition.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterMemoryTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final CounterMemory.Key KEY =
      new CounterMemory.Key(
          new PodPage.PodAddress(new ObjectKey("shop", "p1"), "10.0.0.1"),
          new MetricSpec.Scraped(
              "hits_total",
              LabelSelector.EVERYTHING,
              new PodScrape(80, "/metrics", PodScrape.Reading.RATE, PodScrape.Aggregation.SUM),
              new MetricTarget.AverageValue(1_000)));

  private final CounterMemory memory = new CounterMemory();

  @Test
  void knowsARateFromTheSecondReadingOn() {
    assertThat(rates(100, 0).perSecond()).isEmpty();
    assertThat(rates(130, 10))
        .isEqualTo(new CounterMemory.Rates(List.of(3.0), Duration.ofSeconds(10)));
  }

  @Test
  void countsFromZeroWhereACounterBeganAnew() {
    rates(100, 0);
    assertThat(rates(20, 10).perSecond()).containsExactly(2.0);
  }

  @Test
  void givesNoRateOfASeriesThatIsNew() {
    rates(100, 0);
    assertThat(
            memory
                .rates(
                    KEY,
                    List.of(new Series(Map.of("path", "/new"), 50), new Series(Map.of(), 110)),
                    T0.plusSeconds(10))
                .perSecond())
        .containsExactly(1.0);
  }

  @Test
  void beginsAnewAfterALongPause() {
    rates(100, 0);
    assertThat(rates(400, 301).perSecond()).isEmpty();
    assertThat(rates(500, 311).perSecond()).containsExactly(10.0);
    memory.forgetOld(T0.plusSeconds(1_000));
    assertThat(rates(600, 312).perSecond()).isEmpty();
  }

  private CounterMemory.Rates rates(double value, long seconds) {
    return memory.rates(KEY, List.of(new Series(Map.of(), value)), T0.plusSeconds(seconds));
  }
}
