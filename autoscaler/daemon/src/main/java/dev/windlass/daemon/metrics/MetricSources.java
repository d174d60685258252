package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.daemon.metrics.BoundedHttp.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sources that Windlass asks without a metrics API between: Prometheus servers that the
 * Configuration names, and pods. Every failure is a reading.
 */
public final class MetricSources implements AutoCloseable {
  private final BoundedHttp http;
  private final SecretReader secrets;
  private final PodScraper scraper;

  /**
   * Sources.
   *
   * @param allowedHosts the servers that may be asked: names, {@code *.} and a domain, addresses
   * @param secrets where credentials come from
   * @param clock the time of samples
   */
  public MetricSources(List<String> allowedHosts, SecretReader secrets, InstantSource clock) {
    this.http = new BoundedHttp(new AddressRules(allowedHosts));
    this.secrets = secrets;
    this.scraper = new PodScraper(http, clock);
  }

  /**
   * The number that a query gives now.
   *
   * @param namespace where the query's Secret is
   */
  public MetricReading ask(PrometheusQuery query, String namespace) {
    return switch (credentials(query, namespace)) {
      case Answer.None<SourceCredentials> none -> none.failure();
      case Answer.Of<SourceCredentials> credentials -> {
        BoundedHttp.Question question =
            new BoundedHttp.Question(
                uri(query), credentials.value(), query.timeout(), BoundedHttp.MAX_BYTES);
        yield switch (http.askServer(question)) {
          case Answer.None<Page> none -> none.failure();
          case Answer.Of<Page> page -> PrometheusAnswer.read(page.value());
        };
      }
    };
  }

  /** What the metrics of a page say that pods serve; the page of each pod is read once. */
  public Map<MetricSpec.Scraped, MetricReading> scrape(
      PodPage page, Set<MetricSpec.Scraped> metrics) {
    return scraper.read(page, metrics);
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer<SourceCredentials> credentials(PrometheusQuery query, String namespace) {
    if (query.secret() == null) {
      return new Answer.Of<>(SourceCredentials.NONE);
    }
    ObjectKey key = new ObjectKey(namespace, query.secret());
    return secrets
        .read(key)
        .map(SourceCredentials::of)
        .orElseGet(() ->
            Answer.none(
                SourceError.SECRET_UNUSABLE,
                "Secret " + key + " is absent, or the daemon was not given the right to get it"));
  }

  private static URI uri(PrometheusQuery query) {
    String server = query.server();
    String base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    return URI.create(
        base
            + "/api/v1/query?timeout="
            + query.timeout().toMillis()
            + "ms&query="
            + URLEncoder.encode(query.expression(), StandardCharsets.UTF_8));
  }
}
