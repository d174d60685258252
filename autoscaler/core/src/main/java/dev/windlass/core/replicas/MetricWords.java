package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;

/** Metrics as users read them, in the words of the HorizontalPodAutoscaler. */
final class MetricWords {
  private MetricWords() {}

  static String type(MetricSpec metric) {
    return switch (metric) {
      case MetricSpec.Resource _ -> "Resource";
      case MetricSpec.ContainerResource _ -> "ContainerResource";
      case MetricSpec.Pods _ -> "Pods";
      case MetricSpec.OfObject _ -> "Object";
      case MetricSpec.External _ -> "External";
      case MetricSpec.Prometheus _ -> "Prometheus";
      case MetricSpec.Scraped _ -> "PodScrape";
    };
  }

  static String target(MetricSpec metric) {
    return switch (metric.target()) {
      case MetricTarget.Utilization target -> Quantities.ofPercent(target.percent());
      case MetricTarget.AverageValue target -> Quantities.ofMilli(target.milli());
      case MetricTarget.Value target -> Quantities.ofMilli(target.milli());
    };
  }

  /** The metric within a sentence. */
  static String phrase(MetricSpec metric) {
    String share =
        metric.target() instanceof MetricTarget.Utilization
            ? " utilization (percentage of request)"
            : "";
    return switch (metric) {
      case MetricSpec.Resource resource -> resource.name() + " resource" + share;
      case MetricSpec.ContainerResource resource ->
          resource.name() + " container resource" + share + " of " + resource.container();
      case MetricSpec.Pods pods -> "pods metric " + pods.name();
      case MetricSpec.OfObject object ->
          object.describedObject().kind() + " metric " + object.name();
      case MetricSpec.External external -> "external metric " + external.name();
      case MetricSpec.Prometheus prometheus -> "Prometheus metric " + prometheus.name();
      case MetricSpec.Scraped scraped -> "scraped metric " + scraped.name();
    };
  }
}
