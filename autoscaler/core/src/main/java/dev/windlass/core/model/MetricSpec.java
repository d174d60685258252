package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/** One metric of a scaler, as in {@code autoscaling/v2}, and two sources of our own. */
public sealed interface MetricSpec {
  /** The metric's name as users write it. */
  String name();

  /** What it is held at. */
  MetricTarget target();

  /** The sum of a resource over a pod's containers. */
  record Resource(String name, MetricTarget target) implements MetricSpec {}

  /** A resource of one container. */
  record ContainerResource(String name, String container, MetricTarget target)
      implements MetricSpec {}

  /** A custom metric of each pod, averaged. */
  record Pods(String name, LabelSelector selector, MetricTarget target) implements MetricSpec {}

  /** A custom metric of one object. */
  record OfObject(
      String name, LabelSelector selector, TargetRef describedObject, MetricTarget target)
      implements MetricSpec {}

  /** A metric from outside the cluster. */
  record External(String name, @Nullable LabelSelector selector, MetricTarget target)
      implements MetricSpec {}

  /** The number that a Prometheus query gives. */
  record Prometheus(String name, PrometheusQuery query, MetricTarget target)
      implements MetricSpec {}

  /** A metric that each pod serves itself, averaged. */
  record Scraped(String name, LabelSelector series, PodScrape scrape, MetricTarget target)
      implements MetricSpec {}
}
