package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PrometheusQuery;

/** What is asked once in each round, however many metrics wait for the answer. */
sealed interface MetricQuestion {
  /** A question to a metrics API, whatever is then read in its answer. */
  record OfApi(MetricRequest.Api api, String path) implements MetricQuestion {}

  /**
   * A question to a Prometheus server.
   *
   * @param namespace where its Secret is; empty without one, so that namespaces share the answer
   */
  record OfPrometheus(PrometheusQuery query, String namespace) implements MetricQuestion {}

  /** The page that each of these pods serves. */
  record OfPods(String namespace, LabelSelector selector, int port, String path)
      implements MetricQuestion {}
}
