package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What one scaler's metrics are judged by.
 *
 * @param scaler the scaler
 * @param target what it scales
 * @param pods the pods that the target selects
 * @param readings what each of its metrics says, in their order
 * @param policy the cluster's rules
 * @param leadTime how long a new replica takes until it serves, its node included
 * @param now the decision's time
 */
record MetricInputs(
    ReplicaScaler scaler,
    ScaleTarget target,
    List<Pod> pods,
    List<MetricReading> readings,
    Policy.Replicas policy,
    Duration leadTime,
    Instant now) {
  MetricInputs {
    pods = Collections.unmodifiableList(pods);
    readings = List.copyOf(readings);
  }

  boolean strict() {
    return scaler.settings().strict();
  }

  Tolerance tolerance() {
    return Tolerance.of(scaler.settings().behavior(), policy.tolerance());
  }

  /** The metrics with their readings. */
  List<MetricSpec> metrics() {
    return scaler.metrics();
  }
}
