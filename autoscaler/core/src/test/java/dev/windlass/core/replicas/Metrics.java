package dev.windlass.core.replicas;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodScrape;
import dev.windlass.core.model.PrometheusQuery;
import dev.windlass.core.model.TargetRef;
import java.time.Duration;
import java.util.List;

/** Metrics that tests speak of. */
final class Metrics {
  private static final TargetRef QUEUE =
      new TargetRef("v1", "Service", new ObjectKey(PodTokens.NAMESPACE, "queue"));

  private Metrics() {}

  static MetricSpec cpu(int percent) {
    return new MetricSpec.Resource("cpu", new MetricTarget.Utilization(percent));
  }

  static MetricSpec memory(int percent) {
    return new MetricSpec.Resource("memory", new MetricTarget.Utilization(percent));
  }

  static MetricSpec cpuAverage(long milli) {
    return new MetricSpec.Resource("cpu", new MetricTarget.AverageValue(milli));
  }

  static MetricSpec podsAverage(long milli) {
    return new MetricSpec.Pods(
        "requests", LabelSelector.EVERYTHING, new MetricTarget.AverageValue(milli));
  }

  static MetricSpec object(MetricTarget target) {
    return new MetricSpec.OfObject("depth", LabelSelector.EVERYTHING, QUEUE, target);
  }

  static MetricSpec external(MetricTarget target) {
    return new MetricSpec.External("lag", null, target);
  }

  static MetricSpec externalAverage(long milli) {
    return external(new MetricTarget.AverageValue(milli));
  }

  static MetricSpec prometheus(MetricTarget target) {
    return new MetricSpec.Prometheus(
        "waiting", new PrometheusQuery("http://p", "q", null, Duration.ofSeconds(5)), target);
  }

  static MetricSpec scraped(long milli) {
    return new MetricSpec.Scraped(
        "depth",
        LabelSelector.EVERYTHING,
        new PodScrape(80, "/metrics", PodScrape.Reading.GAUGE, PodScrape.Aggregation.SUM),
        new MetricTarget.AverageValue(milli));
  }

  static MetricReading values(Long... milli) {
    return new MetricReading.Values(List.of(milli));
  }
}
