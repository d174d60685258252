package dev.windlass.core.model;

/** What a metric is held at. Amounts are thousandths, as Kubernetes' own milli quantities. */
public sealed interface MetricTarget {
  /** Percent of the pods' requests, at least 1. */
  record Utilization(int percent) implements MetricTarget {
    public Utilization {
      requirePositive(percent);
    }
  }

  /** An average over the pods, in thousandths, more than zero. */
  record AverageValue(long milli) implements MetricTarget {
    public AverageValue {
      requirePositive(milli);
    }
  }

  /** The value itself, in thousandths, more than zero. */
  record Value(long milli) implements MetricTarget {
    public Value {
      requirePositive(milli);
    }
  }

  private static void requirePositive(long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("a metric's target must be more than zero, not " + amount);
    }
  }
}
