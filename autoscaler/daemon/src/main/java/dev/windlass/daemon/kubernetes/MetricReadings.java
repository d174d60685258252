package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics sources answered last.
 *
 * @param readings by metric
 * @param at when the oldest of them was asked for; null before the first answer
 */
record MetricReadings(Map<MetricKey, MetricReading> readings, @Nullable Instant at) {
  static final MetricReadings NONE = new MetricReadings(Map.of(), null);

  MetricReadings {
    readings = Map.copyOf(readings);
  }
}
