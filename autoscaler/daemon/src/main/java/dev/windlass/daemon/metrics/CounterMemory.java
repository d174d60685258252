package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricSpec;
import dev.windlass.daemon.metrics.Exposition.Series;
import dev.windlass.daemon.metrics.PodPage.PodAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters as they were read before, so that the next reading gives rates. */
final class CounterMemory {
  /** A counter that was not read for so long begins anew. */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final Map<Key, Seen> seen = new ConcurrentHashMap<>();

  /** The counters that a metric reads on the page of one pod. */
  record Key(PodAddress pod, MetricSpec.Scraped metric) {}

  /**
   * Rates.
   *
   * @param perSecond of each series that was read before too
   * @param window between the two readings
   */
  record Rates(List<Double> perSecond, Duration window) {
    Rates {
      perSecond = List.copyOf(perSecond);
    }
  }

  private record Seen(Instant at, Map<Map<String, String>, Double> values) {}

  /** The rates since the last reading, none at the first; remembers this one. */
  Rates rates(Key key, List<Series> series, Instant now) {
    Map<Map<String, String>, Double> values = new HashMap<>();
    series.forEach(each -> values.put(each.labels(), each.value()));
    Seen before = seen.put(key, new Seen(now, values));
    if (before == null || !before.at().isBefore(now) || isOld(before, now)) {
      return new Rates(List.of(), Duration.ZERO);
    }
    Duration window = Duration.between(before.at(), now);
    double seconds = window.toNanos() / 1e9;
    List<Double> rates = new ArrayList<>();
    values.forEach((labels, value) -> {
      Double last = before.values().get(labels);
      if (last != null) {
        rates.add((value < last ? value : value - last) / seconds);
      }
    });
    return new Rates(rates, window);
  }

  /** Forgets what was not read for long. */
  void forgetOld(Instant now) {
    seen.values().removeIf(each -> isOld(each, now));
  }

  private static boolean isOld(Seen each, Instant now) {
    return each.at().plus(MAX_AGE).isBefore(now);
  }
}
