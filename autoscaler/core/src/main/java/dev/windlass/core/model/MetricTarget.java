package dev.windlass.core.model;

/** What a metric is held at. Amounts are thousandths, as Kubernetes' own milli quantities. */
public sealed interface MetricTarget {
  /** Percent of the pods' requests. */
  record Utilization(int percent) implements MetricTarget {}

  /** An average over the pods, in thousandths. */
  record AverageValue(long milli) implements MetricTarget {}

  /** The value itself, in thousandths. */
  record Value(long milli) implements MetricTarget {}
}
