package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodScrape;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.daemon.metrics.PodPage.PodAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources on loopback, as an HTTP server of the JDK answers for them. */
class MetricSourcesIT {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SEVEN =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}";
  private static final Map<String, String> TOKEN = Map.of("token", "secret-word");

  private final AtomicReference<Instant> now = new AtomicReference<>(T0);
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final MetricSources sources = sources(List.of("127.0.0.1"));
  private volatile int status = 200;
  private volatile String body = SEVEN;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Authorization"));
          if (body.equals("never")) {
            awaitEnd();
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    sources.close();
    server.stop(0);
  }

  @Test
  void asksAnInstantQueryWithTheTokenOfTheSecret() {
    assertThat(sources.ask(query("a + 1", "granted"), "shop"))
        .isEqualTo(new MetricReading.Values(List.of(7_000L)));
    assertThat(requests)
        .containsExactly("/api/v1/query?timeout=20000ms&query=a+%2B+1 [Bearer secret-word]");
  }

  @Test
  void sendsNoCredentialsWithoutASecret() {
    sources.ask(query("a", null), "shop");

    assertThat(requests).singleElement().asString().endsWith(" null");
  }

  @Test
  void asksNobodyWithoutTheSecretThatTheQueryNames() {
    assertFailed(sources.ask(query("a", "absent"), "shop"), "SecretUnusable");
    assertFailed(sources.ask(query("a", "granted"), "elsewhere"), "SecretUnusable");
    assertThat(requests).isEmpty();
  }

  @Test
  void asksOnlyServersThatTheConfigurationNames() {
    try (MetricSources none = sources(List.of());
        MetricSources local = sources(List.of("localhost"))) {
      assertFailed(none.ask(query("a", null), "shop"), "HostNotAllowed");
      PrometheusQuery byName =
          new PrometheusQuery(
              "http://localhost:" + server.getAddress().getPort(),
              "a",
              null,
              Duration.ofSeconds(20));
      assertFailed(local.ask(byName, "shop"), "AddressRefused");
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void followsNoRedirect() {
    status = 302;

    assertFailed(sources.ask(query("a", "granted"), "shop"), "AnsweredError");
    assertThat(requests).hasSize(1);

    MetricSpec.Scraped depth = scraped("depth", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM);
    assertFailed(
        sources.scrape(page("127.0.0.1", null), Set.of(depth)).get(depth), "AnsweredError");
    assertThat(requests).hasSize(2);
  }

  /** One byte too many, and ten megabytes. */
  @ParameterizedTest
  @ValueSource(ints = {BoundedHttp.MAX_BYTES, 10_000_000})
  void readsNoAnswerBeyondTheBound(int bytes) {
    body = SEVEN + " ".repeat(bytes + 1 - SEVEN.length());

    assertFailed(sources.ask(query("a", null), "shop"), "UnreadableAnswer");
  }

  @Test
  void waitsNoLongerThanTheTimeout() {
    body = "never";
    PrometheusQuery brief = new PrometheusQuery(address(), "a", null, Duration.ofMillis(50));

    assertFailed(sources.ask(brief, "shop"), "TimedOut");
  }

  @Test
  void saysWhenNobodyAnswers() {
    server.stop(0);

    assertFailed(sources.ask(query("a", null), "shop"), "Unreachable");
  }

  @Test
  void refusesCertificatesThatAreNone() {
    assertFailed(sources.ask(query("a", "bad-ca"), "shop"), "SecretUnusable");
  }

  @Test
  void readsThePageOfAPodOnceForAllItsMetrics() {
    body = "depth{q=\"a\"} 1.5\ndepth{q=\"b\"} 2.5\nbusy 0.25\n";
    MetricSpec.Scraped sum = scraped("depth", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM);
    MetricSpec.Scraped mean = scraped("depth", PodScrape.Reading.GAUGE, PodScrape.Aggregation.MEAN);
    MetricSpec.Scraped max = scraped("depth", PodScrape.Reading.GAUGE, PodScrape.Aggregation.MAX);
    MetricSpec.Scraped busy = scraped("busy", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM);

    Map<MetricSpec.Scraped, MetricReading> readings =
        sources.scrape(page("127.0.0.1", null), Set.of(sum, mean, max, busy));

    assertThat(milli(readings.get(sum))).isEqualTo(4_000);
    assertThat(milli(readings.get(mean))).isEqualTo(2_000);
    assertThat(milli(readings.get(max))).isEqualTo(2_500);
    assertThat(milli(readings.get(busy))).isEqualTo(250);
    assertThat(requests).hasSize(1);
  }

  @Test
  void givesTheRateBetweenTwoReadings() {
    MetricSpec.Scraped rate = scraped("hits", PodScrape.Reading.RATE, PodScrape.Aggregation.SUM);
    body = "hits{p=\"a\"} 100\nhits{p=\"b\"} 10\n";
    assertFailed(sources.scrape(page("127.0.0.1", null), Set.of(rate)).get(rate), "FirstReading");
    body = "hits{p=\"a\"} 120\nhits{p=\"b\"} 20\n";
    now.set(T0.plusSeconds(10));

    assertThat(milli(sources.scrape(page("127.0.0.1", null), Set.of(rate)).get(rate)))
        .isEqualTo(3_000);
  }

  @Test
  void leavesOutPodsWithoutANumberAndFailsWhereNoneHasOne() {
    MetricSpec.Scraped depth = scraped("depth", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM);
    body = "depth 1\n";

    MetricReading some =
        sources.scrape(page("127.0.0.1", "169.254.169.254"), Set.of(depth)).get(depth);
    assertThat(samples(some)).extracting(MetricReading.PodSample::pod).containsExactly("p0");

    for (String[] each :
        new String[][] {
          {"other 1", "NoSeries"}, {"depth -1", "Negative"}, {"depth one", "UnreadableAnswer"}
        }) {
      body = each[0];
      assertFailed(sources.scrape(page("127.0.0.1", null), Set.of(depth)).get(depth), each[1]);
    }
    assertFailed(
        sources.scrape(page("169.254.169.254", null), Set.of(depth)).get(depth), "AddressRefused");
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private MetricSources sources(List<String> hosts) {
    return new MetricSources(
        hosts,
        secret ->
            switch (secret.toString()) {
              case "shop/granted" -> Optional.of(TOKEN);
              case "shop/bad-ca" -> Optional.of(Map.of("ca.crt", "no certificate"));
              default -> Optional.empty();
            },
        now::get);
  }

  private PrometheusQuery query(String expression, @Nullable String secret) {
    return new PrometheusQuery(address(), expression, secret, Duration.ofSeconds(20));
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private PodPage page(String first, @Nullable String second) {
    return new PodPage(
        List.of(
            new PodAddress(new ObjectKey("shop", "p0"), first),
            new PodAddress(new ObjectKey("shop", "p1"), second)),
        server.getAddress().getPort(),
        "/metrics");
  }

  private MetricSpec.Scraped scraped(
      String name, PodScrape.Reading reading, PodScrape.Aggregation aggregation) {
    return new MetricSpec.Scraped(
        name,
        LabelSelector.EVERYTHING,
        new PodScrape(server.getAddress().getPort(), "/metrics", reading, aggregation),
        new MetricTarget.AverageValue(1_000));
  }

  private static long milli(@Nullable MetricReading reading) {
    return samples(reading).getFirst().milliByContainer().getOrDefault("", -1L);
  }

  private static List<MetricReading.PodSample> samples(@Nullable MetricReading reading) {
    return reading instanceof MetricReading.PodSamples(List<MetricReading.PodSample> samples)
        ? samples
        : List.of();
  }

  private static void assertFailed(@Nullable MetricReading reading, String error) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            MetricReading.Failure.class,
            failure ->
                assertThat(failure.message()).startsWith(error).doesNotContain("secret-word"));
  }
}
