package dev.windlass.daemon.resource;

import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.PodScrape;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.daemon.resource.ReplicaMetric.Aggregation;
import dev.windlass.daemon.resource.ReplicaMetric.PodScrapeSource;
import dev.windlass.daemon.resource.ReplicaMetric.PrometheusSource;
import dev.windlass.daemon.resource.ReplicaMetric.Reading;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the metrics that Windlass reads itself mean: Prometheus queries and scrapes of pods. */
final class SourceMapping {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern PATH = Pattern.compile("/[-A-Za-z0-9._~/%?&=]{0,255}");
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private SourceMapping() {}

  static MetricSpec prometheus(PrometheusSource source, String field, Findings findings) {
    findings.require(
        isAddress(source.serverAddress()),
        field + ".serverAddress",
        source.serverAddress(),
        "http:// or https://, a host, and no user, query or fragment");
    if (source.secretName() != null) {
      KubernetesSyntax.checkName(source.secretName(), field + ".secretName", findings);
    }
    return new MetricSpec.Prometheus(
        source.name(),
        new PrometheusQuery(
            source.serverAddress(),
            source.query(),
            source.secretName(),
            timeout(source.timeout(), field + ".timeout", findings)),
        MetricMapping.averageOrValue(source.target(), field + ".target", findings));
  }

  static MetricSpec podScrape(PodScrapeSource source, String field, Findings findings) {
    String path = source.path() == null ? "/metrics" : source.path();
    findings.require(
        PATH.matcher(path).matches(), field + ".path", path, "a path such as /metrics");
    findings.require(
        source.port() >= 1 && source.port() <= 65_535,
        field + ".port",
        source.port(),
        "1 to 65535");
    String name = source.metric().name();
    findings.require(
        METRIC_NAME.matcher(name).matches(),
        field + ".metric.name",
        name,
        "letters, digits, _ and :, and no digit first");
    return new MetricSpec.Scraped(
        name,
        MetricMapping.selector(source.metric(), field, findings),
        new PodScrape(
            source.port(), path, reading(source.reading()), aggregation(source.aggregation())),
        MetricMapping.averageValue(source.target().averageValue(), field + ".target", findings));
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static Duration timeout(@Nullable String text, String field, Findings findings) {
    @Nullable Duration given = NodeGroupMapping.duration(text, field, findings);
    if (given == null) {
      return USUAL_TIMEOUT;
    }
    boolean fits = given.isPositive() && given.compareTo(MAX_TIMEOUT) <= 0;
    findings.require(fits, field, Texts.text(given), "more than 0s and at most 30s");
    return given;
  }

  private static PodScrape.Reading reading(@Nullable Reading reading) {
    return switch (reading) {
      case null -> PodScrape.Reading.GAUGE;
      case Gauge -> PodScrape.Reading.GAUGE;
      case Rate -> PodScrape.Reading.RATE;
    };
  }

  private static PodScrape.Aggregation aggregation(@Nullable Aggregation aggregation) {
    return switch (aggregation) {
      case null -> PodScrape.Aggregation.SUM;
      case Sum -> PodScrape.Aggregation.SUM;
      case Mean -> PodScrape.Aggregation.MEAN;
      case Max -> PodScrape.Aggregation.MAX;
    };
  }
}
