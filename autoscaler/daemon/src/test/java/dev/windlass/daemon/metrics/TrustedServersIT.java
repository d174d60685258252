package dev.windlass.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.PrometheusQuery;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which servers are believed to be who they say, with keys that keytool makes for the test. */
class TrustedServersIT {
  private static final String PASSWORD = "only for this test";

  @TempDir private static Path folder;
  private static KeyStore ours;
  private static KeyStore elsewhere;

  private HttpsServer server;

  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
    ours = keys("ours", "ip:127.0.0.1");
    elsewhere = keys("elsewhere", "dns:prometheus.example.org");
  }

  private static KeyStore keys(String name, String subject)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    return keys;
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
  }

  private void serve(KeyStore keys) throws IOException, GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    byte[] seven =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}"
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, seven.length);
          exchange.getResponseBody().write(seven);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void believesAServerOfTheAuthorityInTheSecret() throws IOException, GeneralSecurityException {
    serve(ours);

    assertThat(ask(Map.of("ca.crt", certificate(ours, "ours"))))
        .isEqualTo(new MetricReading.Values(List.of(7_000L)));
    assertThat(
            ask(Map.of("ca.crt", certificate(elsewhere, "elsewhere") + certificate(ours, "ours"))))
        .as("a bundle of two")
        .isEqualTo(new MetricReading.Values(List.of(7_000L)));
  }

  @Test
  void believesNobodyOfAnAuthorityThatIsNotInTheSecret()
      throws IOException, GeneralSecurityException {
    serve(ours);

    assertUnreachable(ask(Map.of("token", "word")));
    assertUnreachable(ask(Map.of("ca.crt", certificate(elsewhere, "elsewhere"))));
  }

  @Test
  void believesNoServerWithTheNameOfAnother() throws IOException, GeneralSecurityException {
    serve(elsewhere);

    assertUnreachable(ask(Map.of("ca.crt", certificate(elsewhere, "elsewhere"))));
  }

  private MetricReading ask(Map<String, String> secret) {
    try (MetricSources sources =
        new MetricSources(List.of("127.0.0.1"), _ -> Optional.of(secret), InstantSource.system())) {
      String address = "https://127.0.0.1:" + server.getAddress().getPort();
      return sources.ask(
          new PrometheusQuery(address, "a", "secret", Duration.ofSeconds(20)), "shop");
    }
  }

  private static void assertUnreachable(MetricReading reading) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            MetricReading.Failure.class,
            failure -> assertThat(failure.message()).startsWith("Unreachable"));
  }

  private static String certificate(KeyStore keys, String name) throws GeneralSecurityException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getCertificate(name).getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
