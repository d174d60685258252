package dev.windlass.daemon.metrics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks by HTTP, once: the address is checked, no redirect followed, no proxy used, and both the
 * time and the answer's length are bounded.
 */
final class BoundedHttp implements AutoCloseable {
  /** How long an answer may be. */
  static final int MAX_BYTES = 1 << 20;

  private final AddressRules rules;
  private final HttpClient usual = builder().build();

  /**
   * A question.
   *
   * @param uri whom and what
   * @param credentials what the server asks for
   * @param timeout from the start to the answer's end
   * @param maxBytes how long the answer may be
   */
  record Question(URI uri, SourceCredentials credentials, Duration timeout, int maxBytes) {}

  /** An answer of any status. */
  record Page(int status, String text) {}

  BoundedHttp(AddressRules rules) {
    this.rules = rules;
  }

  /** Asks a server that the Configuration must name. */
  Answer<Page> askServer(Question question) {
    String host = String.valueOf(question.uri().getHost());
    return rules.allows(host)
        ? askPod(question)
        : Answer.none(
            SourceError.HOST_NOT_ALLOWED,
            host + " is not in spec.metricSources.allowedHosts of the daemon's Configuration");
  }

  /** Asks an address that the cluster itself gave. */
  Answer<Page> askPod(Question question) {
    String host = AddressRules.bare(question.uri().getHost());
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (rules.refuses(address)) {
          return Answer.none(SourceError.ADDRESS_REFUSED, host + " is not asked");
        }
      }
    } catch (UnknownHostException _) {
      return Answer.none(SourceError.UNREACHABLE, host + " has no address");
    }
    String certificates = question.credentials().certificates();
    if (certificates == null) {
      return send(usual, question);
    }
    try (HttpClient trusting = builder().sslContext(trusting(certificates)).build()) {
      return send(trusting, question);
    } catch (GeneralSecurityException | IOException unusable) {
      return Answer.none(SourceError.SECRET_UNUSABLE, "its ca.crt: " + unusable.getMessage());
    }
  }

  @Override
  public void close() {
    usual.shutdownNow();
  }

  private static Answer<Page> send(HttpClient client, Question question) {
    AtomicBoolean begun = new AtomicBoolean();
    BodyHandler<byte[]> bounded =
        BodyHandlers.limiting(BodyHandlers.ofByteArray(), question.maxBytes());
    BodyHandler<byte[]> noting =
        head -> {
          begun.set(true);
          return bounded.apply(head);
        };
    CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(request(question), noting);
    try {
      HttpResponse<byte[]> response =
          future.get(question.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Answer.Of<>(
          new Page(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
    } catch (TimeoutException _) {
      future.cancel(true);
      return Answer.none(
          SourceError.TIMED_OUT,
          "no answer within " + question.timeout().toMillis() + " ms from " + place(question));
    } catch (InterruptedException _) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      return Answer.none(SourceError.TIMED_OUT, "the daemon did not wait for " + place(question));
    } catch (ExecutionException failure) {
      return Answer.none(
          begun.get() ? SourceError.UNREADABLE_ANSWER : SourceError.UNREACHABLE,
          place(question) + ": " + words(failure.getCause()));
    }
  }

  private static HttpRequest request(Question question) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(question.uri()).header("User-Agent", "windlass");
    String authorization = question.credentials().authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY);
  }

  private static SSLContext trusting(String certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(certificates.getBytes(StandardCharsets.UTF_8)))) {
      store.setCertificateEntry("ca-" + count++, each);
    }
    if (count == 0) {
      throw new GeneralSecurityException("it holds no certificate");
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String place(Question question) {
    return question.uri().getHost();
  }

  private static String words(@Nullable Throwable failure) {
    if (failure == null) {
      return "no answer";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
