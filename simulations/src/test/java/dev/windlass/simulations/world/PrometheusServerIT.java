package dev.windlass.simulations.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.daemon.metrics.MetricSources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Prometheus scrapes a page and is asked, as the daemon asks it. */
class PrometheusServerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicReference<String> page = new AtomicReference<>("depth 42\n");
  private final MetricSources sources =
      new MetricSources(List.of("127.0.0.1"), _ -> Optional.empty(), InstantSource.system());
  private TextPage served;
  private PrometheusServer prometheus;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(
        PrometheusServer.program().isPresent(),
        "no prometheus on the PATH; Debian's package of that name has it");
    served = new TextPage(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), page::get);
    prometheus =
        PrometheusServer.start(
            PrometheusServer.program().orElseThrow(), served.uri(), Duration.ofMillis(100));
  }

  @AfterEach
  void stop() {
    sources.close();
    if (served != null) {
      served.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void whatIsServedIsScrapedAndAskedFor() {
    assertThat(awaited("depth", is(42_000))).isEqualTo(values(42_000));

    page.set("depth 17.5\n");

    assertThat(awaited("sum(depth)", is(17_500))).isEqualTo(values(17_500));
    assertThat(awaited("max_over_time(depth[5m])", is(42_000))).isEqualTo(values(42_000));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(              | AnsweredError
          nothing           | NoSeries
          {__name__=~".+"}  | ManySeries
          vector(0) / 0     | NotANumber
          vector(1) / 0     | NotANumber
          vector(-1)        | Negative
          depth[5m]         | UnreadableAnswer
          """)
  void whatIsNoNumberIsAnErrorOfThatQueryAlone(String query, String error) {
    assertThat(awaited("depth", is(42_000))).isEqualTo(values(42_000));

    assertThat(ask(query))
        .isInstanceOfSatisfying(
            MetricReading.Failure.class,
            failure -> assertThat(failure.message()).startsWith(error));
    assertThat(ask("depth")).isEqualTo(values(42_000));
  }

  private MetricReading awaited(String query, Predicate<MetricReading> wanted) {
    Instant limit = Instant.now().plus(PATIENCE);
    MetricReading reading = ask(query);
    while (!wanted.test(reading) && Instant.now().isBefore(limit)) {
      reading = ask(query);
    }
    return reading;
  }

  private MetricReading ask(String query) {
    return sources.ask(
        new PrometheusQuery(prometheus.uri().toString(), query, null, Duration.ofSeconds(5)),
        "shop");
  }

  private static Predicate<MetricReading> is(long milli) {
    return values(milli)::equals;
  }

  private static MetricReading values(long milli) {
    return new MetricReading.Values(List.of(milli));
  }
}
