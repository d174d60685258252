package dev.windlass.daemon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.daemon.dashboard.DecisionHistory;
import dev.windlass.daemon.dashboard.FakeCluster;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpEndpointsIT {
  private static final String TOKEN = "a-token-for-these-tests";

  private final HttpClient client = HttpClient.newHttpClient();
  private final DecisionHistory history = FakeCluster.history();
  private final AtomicReference<Health> readiness =
      new AtomicReference<>(new Health(true, "Ready."));
  private final AtomicReference<Health> liveness = new AtomicReference<>(new Health(true, "ok"));
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private HttpEndpoints endpoints = start(HttpSettings.loopback(0));

  @BeforeEach
  void tickOnce() {
    history.ticked(FakeCluster.quiet(7));
  }

  @AfterEach
  void stop() {
    endpoints.close();
    client.close();
  }

  private HttpEndpoints start(HttpSettings settings) {
    try {
      return HttpEndpoints.start(
          settings,
          new Probes(liveness::get, readiness::get),
          metrics,
          history,
          new EventStreams.Limits(2, Duration.ofMillis(50), Duration.ofSeconds(5)));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(endpoints.uri().resolve(path)).timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void saysThatItIsAlive() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    liveness.set(new Health(false, "no tick ended"));
    assertThat(get("/healthz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").body()).isEqualTo("no tick ended\n");
  }

  @Test
  void isNotReadyUntilItsSupplierSaysSo() throws Exception {
    readiness.set(new Health(false, "The caches are being filled."));
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("The caches are being filled.\n");
    readiness.set(new Health(true, "Ready."));
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void showsMetrics() throws Exception {
    metrics.counter("windlass.example").increment(3);
    assertThat(get("/metrics").body()).contains("windlass_example_total 3.0");
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/dashboard.css, text/css; charset=utf-8",
    "/dashboard.js, text/javascript; charset=utf-8",
    "/api/v1/state, application/json",
    "/api/v1/decisions, application/json"
  })
  void servesPageAndApiUnderStrictHeaders(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api/v1/nothing",
        "/api/v2/state",
        "/../etc/passwd",
        "/api/v1/explain/node/x",
        "/api/v1/pending/x/pods",
        "/api/v1/state?at=99999",
        "/package-info.class"
      })
  void saysThatAPathIsUnknown(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void changesNothingWhateverTheMethod(String method) throws Exception {
    HttpRequest request =
        request("/api/v1/state").method(method, HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpRequest request = request("/").HEAD().build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:8080, 200",
    "127.0.0.1:1, 200",
    "[::1]:80, 200",
    "evil.example, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example:80, 421"
  })
  void answersOnlyUnderItsOwnNames(String host, int status) throws Exception {
    assertThat(raw("GET /api/v1/state HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 " + status);
    assertThat(raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n")).startsWith("HTTP/1.1 200");
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoints.port())) {
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void acceptsAFurtherNameThatIsConfigured() throws Exception {
    endpoints.close();
    endpoints =
        start(
            new HttpSettings(
                InetAddress.getLoopbackAddress(), 0, null, Set.of("windlass.internal")));
    assertThat(raw("GET / HTTP/1.1\r\nHost: windlass.internal:80\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void asksForItsTokenWhereItHasOne() throws Exception {
    endpoints.close();
    endpoints = start(new HttpSettings(InetAddress.getLoopbackAddress(), 0, TOKEN, Set.of()));
    HttpResponse<String> without = get("/api/v1/state");
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(get("/metrics").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/stream").statusCode()).isEqualTo(401);
    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(withAuthorization("Bearer " + TOKEN)).isEqualTo(200);
    assertThat(withAuthorization("bearer " + TOKEN)).isEqualTo(200);
    assertThat(withAuthorization("Bearer " + TOKEN + "x")).isEqualTo(401);
    assertThat(withAuthorization("Basic " + TOKEN)).isEqualTo(401);
  }

  private int withAuthorization(String value) throws IOException, InterruptedException {
    HttpRequest request = request("/api/v1/state").header("Authorization", value).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void listensBeyondLoopbackOnlyWithAToken() throws UnknownHostException {
    InetAddress everywhere = InetAddress.getByName("0.0.0.0");
    assertThatThrownBy(() -> new HttpSettings(everywhere, 0, null, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a bearer token");
    assertThatThrownBy(() -> new HttpSettings(everywhere, 0, "short", Set.of()))
        .hasMessageContaining("at least 16 characters");
    assertThat(new HttpSettings(everywhere, 0, TOKEN, Set.of()).toString()).doesNotContain(TOKEN);
  }

  @Test
  void saysNotModifiedToWhomHasTheNewest() throws Exception {
    String etag = get("/api/v1/state").headers().firstValue("ETag").orElseThrow();
    HttpRequest again = request("/api/v1/state").header("If-None-Match", etag).build();
    assertThat(client.send(again, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(304);
    history.ticked(FakeCluster.quiet(8));
    assertThat(client.send(again, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void compressesForWhomCanReadIt() throws Exception {
    HttpRequest request = request("/api/v1/state").header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8))
          .startsWith("{\"serverTime\":\"2026-05-12T09:47:32Z\",\"apiVersion\"")
          .contains("\"kind\":\"Dashboard\",\"id\":7,");
    }
  }

  @Test
  void tellsOfDecisionsAndBeatsInBetween() throws Exception {
    try (InputStream stream = open()) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
      assertThat(next(lines, "event: decision")).isEqualTo("id: 7");
      assertThat(next(lines, "event: heartbeat"))
          .isEqualTo("data: {\"serverTime\":\"2026-05-12T09:47:32Z\"}");
      history.ticked(FakeCluster.quiet(8));
      assertThat(next(lines, "event: decision")).isEqualTo("id: 8");
    }
  }

  @Test
  void refusesMoreStreamsThanItHasPlacesFor() throws Exception {
    try (InputStream first = open();
        InputStream second = open()) {
      assertThat(first.read()).isPositive();
      assertThat(second.read()).isPositive();
      HttpResponse<String> third = get("/api/v1/stream");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void givesThePlaceOfAStreamThatEndedToTheNext() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (InputStream stream = open()) {
        assertThat(stream.read()).isPositive();
      }
    }
    int status = 503;
    for (long end = System.nanoTime() + 20_000_000_000L;
        status == 503 && System.nanoTime() < end; ) {
      HttpResponse<InputStream> response =
          client.send(request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
      status = response.statusCode();
      response.body().close();
    }
    assertThat(status).isEqualTo(200);
  }

  private InputStream open() throws IOException, InterruptedException {
    return client
        .send(request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /** The line after the next line that is this one. */
  private static String next(BufferedReader lines, String line) throws IOException {
    for (String read = lines.readLine(); read != null; read = lines.readLine()) {
      if (read.equals(line)) {
        return String.valueOf(lines.readLine());
      }
    }
    throw new AssertionError("the stream ended before: " + line);
  }

  @Test
  void saysWhereItIs() {
    assertThat(endpoints.uri()).isEqualTo(URI.create("http://127.0.0.1:" + endpoints.port() + "/"));
  }
}
