package dev.windlass.core.replicas;

import dev.windlass.core.replicas.MetricResult.Proposed;

/** Replicas from a metric of an object or from outside. Amounts are thousandths. */
final class ValueMetricRule {
  private ValueMetricRule() {}

  /**
   * The value itself is held at the target: replicas that are ready grow by its ratio. From zero
   * the ratio itself is the number of replicas.
   *
   * @param ready how many pods run and are ready
   * @param strict whether no ready pod at all means zero replicas; otherwise nothing changes then
   */
  static Proposed byValue(
      long value, long target, Size size, int ready, boolean strict, Tolerance tolerance) {
    double ratio = (double) value / target;
    String current = Quantities.ofMilli(value);
    if (size.spec() == 0) {
      return new Proposed(MetricResult.ceil(ratio), current);
    }
    boolean holds = tolerance.contains(ratio) || (ready == 0 && !strict);
    return new Proposed(holds ? size.spec() : MetricResult.ceil(ratio * ready), current);
  }

  /**
   * The value over all replicas is held at the target.
   *
   * @param strict whether surge pods count as replicas
   */
  static Proposed byAverage(
      long value, long target, Size size, boolean strict, Tolerance tolerance) {
    int replicas = strict ? size.status() : size.spec();
    double ratio = (double) value / ((double) target * replicas);
    long average = replicas == 0 ? 0 : (long) Math.ceil((double) value / replicas);
    return new Proposed(
        tolerance.contains(ratio) ? replicas : MetricResult.ceil((double) value / target),
        Quantities.ofMilli(average));
  }

  /** What the target was asked for, and what it has. */
  record Size(int spec, int status) {}
}
